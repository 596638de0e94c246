"""Everything that training a neural network rests on, in small pieces of plain numpy.

A model turns inputs into predictions. A loss says in one number how wrong they are. A derivative says which way
that number moves when a weight is nudged. Gradient descent takes the small step that makes it smaller, again and
again. Each of these ideas is one module here, and each can be read on its own:

`data`              what there is to learn from: houses with their prices, truth tables, spirals and moons
`models`            a line through points, and the best line there is
`loss`              how wrong the predictions are, and how that changes with each of them
`derivative`        slopes found by nudging: the judge of every formula for a slope in this package
`functions`         curves and surfaces to walk on, each with its slope
`gradient_descent`  the walk downhill, step by step
`rates`             what the size of the steps does to the walk (`trials` judges each walk)
`ground`            where a walk leads, and what kind of flat ground it ends on
`curvature`         why a long valley is slow, and how many steps it takes
`stochastic`        a few examples at a time: rough steps, cheaply
`optimizers`        steps that remember: momentum, RMSProp and Adam beside plain descent

Functions return new values and never change what they were given. Where chance is needed it comes in through a
seed. A function that cannot answer says in a sentence what it was given and what it needs (`checks`).
"""
