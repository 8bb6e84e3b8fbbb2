"""What each command of the command line does: arguments in, printing out, no logic."""
