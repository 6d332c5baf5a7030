"""A service as people have them: what parcels.txt says, in Python, in memory."""
