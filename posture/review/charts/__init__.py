"""Charts as plain SVG: no script, no style of their own; `assets/charts.css` gives the colours."""
