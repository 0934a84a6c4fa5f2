"""Labels learnt from what was annotated: features of the two languages, and a linear chain over them.

A sentence becomes units (Chinese characters, English words), every unit a list of short strings, and the
labelled stretches one tag a unit. Training is python-crfsuite's and writes its own format; predicting reads
those weights and computes the exact probability of any stretch.
"""
