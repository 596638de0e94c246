"""Everything that training a neural network rests on, in small pieces of plain numpy.

A model turns inputs into predictions. A loss says in one number how wrong they are. A derivative says which way
that number moves when a weight is nudged. Gradient descent takes the small step that makes it smaller, again and
again. Each of these ideas is one module here, and each can be read on its own:

`data`              what there is to learn from: houses, truth tables, spirals, moons and circles, handwritten digits
`models`            a line through points, the best line there is, and sizes measured in their own spread
`loss`              how wrong the predictions are, and how that changes with each of them
`derivative`        slopes found by nudging: the judge of every formula for a slope in this package
`smoothness`        smooth, kinked or jumping: what a nudge can and cannot tell
`functions`         curves and surfaces to walk on, each with its slope
`gradient_descent`  the walk downhill, step by step
`ground`            where a walk leads, and what kind of flat ground it ends on
`trials`            what became of a walk, in a word and in a sentence
`rates`             what the size of the steps does to the walk: by arithmetic on a parabola, elsewhere by trying
`curvature`         why a long valley is slow, and how many steps it takes
`stochastic`        a few examples at a time: rough steps, cheaply
`optimizers`        steps that remember: momentum, RMSProp and Adam beside plain descent
`vectors`           arrows, and matrices that turn one into another, with every product written down
`pictures`          larger and smaller pictures, and to the middle of the sheet: a matrix, too
`strokes`           digits as a pen draws them
`activations`       how a unit bends its weighted sum, each bend with its slope
`separable`         can one cut part two classes? If not, the points that forbid it
`classification`    one of several classes: probabilities, the surprise, and how often it was right
`layers`            a layer is several units, a network is layers in a row
`network`           networks that start by chance and turn inputs into predictions
`chain_rule`        machines in a row: a nudge arrives multiplied by every local rate
`backprop`          the slope for every weight in one walk back from the loss
`trace`             one example on its way through a network and back, with every number
`paths`             every path from the loss to one weight, with its factors
`training`          forward, loss, backward, a step downhill; again, thousands of times
`trained`           a network that knows digits, trained beforehand
`make_trained`      how that was done
`run`               a training that was recorded, frame by frame
`schedule`          what happens in which epoch: the order of the examples, the rate, and whether somebody looks
`many_networks`     a thousand networks from a thousand random starts: the film of their training, and what became of them
`side_by_side`      many networks of one make look at the same examples, all at once
`stepping`          the same training step, faster: which way suits which network
`disguise`          sigmoid is a tanh, which saves work
`float_stepping`    for a few weights: a program without a loop in it
`array_stepping`    for more: every numpy call of a step, decided beforehand
`stepping_together`  for a thousand small networks at once
`operations`        what may be done with one number or two, each operation with its local derivatives
`autograd`          numbers that remember what they were computed from, and hand the slopes back
`graph`             the picture of a computation, to be stepped through forward and backward
`overview`          the same from further away
`reader`            what somebody types, piece by piece
`expressions`       what somebody types, as a computation
`graph_layout`      where the nodes of a graph stand, so that all of it can be read
`replay`            a computation recorded once and run again with new numbers
`scalar_network`    a network of single such numbers
`scalar_training`   its training
`transformer_size`  how many weights a language model has, and what they cost, by counting
`gaussian`          the bell: its height, its shares, and samples that follow it
`chances`           many small ones added up: nearly a bell, whatever each of them is
`starts`            how large the first weights should be, or nothing comes through ten layers

Functions return new values and never change what they were given. Where chance is needed it comes in through a
seed. A function that cannot answer says in a sentence what it was given and what it needs (`checks`).
"""
