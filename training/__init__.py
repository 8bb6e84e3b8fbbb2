"""How the data that ships with digest was made."""
