"""digest: an offline Arabic-to-English morning briefing."""
