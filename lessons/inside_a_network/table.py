"""Ten logits become ten probabilities, and the one of the truth becomes a loss."""
import param

from lessons.rows import Rows

LOGITS = (1.2, 0.3, -0.5, 0.1, 3.8, 0.2, -0.1, 8.1, 0.4, 0.9)


class Table(param.Parameterized):
    logits = Rows([[logit] for logit in LOGITS], columns=('logit',), most=10, label='Logits')
    temperature = param.Number(1, bounds=(0.1, 10), step=0.1, label='Temperature')
    right = param.Selector(default=7, objects={str(n): n for n in range(10)}, label='The truth')
