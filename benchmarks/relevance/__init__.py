"""Does the search find the right help? Judged queries against two plain baselines.

How it was judged, by whom, and the results stand in README.md.
"""
