"""Accuracy and cost, each against something else; every program ends with one line of JSON."""
