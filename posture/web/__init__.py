"""The local web page: shown to this user's browser on this machine, and to nobody else."""
