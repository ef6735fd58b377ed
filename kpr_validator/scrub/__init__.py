"""From a real submission to the smallest invented one that still shows its faults.

`work.scrub` goes one way: `cut` takes the few persons out of the file, `header` renews
what stands around them, `reduce` takes away all that the findings can do without,
`neutral` and `days` put other values for what is left, and `renumber` new ids. Each
step is judged by the product's own pipeline and kept only if the finding is still there.
"""
