"""Delivering: rendered files go where the reader wants them."""

from __future__ import annotations

from digest.delivering.folder import write_all

__all__ = ["write_all"]
