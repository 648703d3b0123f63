"""The drawn person: joint angles in, an animated SVG out."""
