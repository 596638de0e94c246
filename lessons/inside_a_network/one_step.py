"""From the loss back to the first weights, and one step downhill for this one picture."""
import param

from lessons.rate import Rate


class OneStep(param.Parameterized):
    step_rate = Rate(0.05, slider=(0.001, 10.0), label='Rate of the one step')
