"""The configuration: one frozen tree with a unit, a range and a reason for every key."""
