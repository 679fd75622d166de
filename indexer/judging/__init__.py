"""How good the answers are, by people's own judgement: judged questions, runs, measures and comparisons.

qrels file, or the judgements kept beside the index -> judged questions
the index, or a file of results                     -> run
both                                                -> figures, and two runs' figures compared
"""
