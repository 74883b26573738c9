"""A second labelled set: messy files as offices send them, written before the detector was read.

``tables.cases()`` gives every file with what each column holds; ``brute.persons`` counts persons by pairwise comparison of the truth, not of
the file. Nothing here imports the scan, so that both cannot err in the same way.
"""
