"""Fetching: feeds and the pages they name, over HTTP, into the inbox folder. The only part of digest with a network.

`digest.fetching.fetch.fetch` does it; `digest.fetching.header.parse_header` reads what stands above a saved page, and
is imported without the rest.
"""
