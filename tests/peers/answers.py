"""`python -m tests.peers.answers` asks PyTorch every seeded question and writes down what it says, for `make test`.

Twelve digits each, more than is compared. A file that says the same already stays as it is, although another processor
rounds the last digits in another way.
"""
import json
from pathlib import Path

import numpy as np

from tests.peers import questions
from tests.peers.agreement import agree

FILE = Path(__file__).parents[1] / 'core' / 'peers.json'


def ask(engine):
    """Every seeded question, put to `ours` or `pytorch`: name → answer."""
    answers = {f'gradient of {case.name}, seed {case.seed}': engine.backward(questions.question(case))
               for case in questions.every_kind()}
    answers |= {f'training {course.name}': engine.train(course) for course in questions.COURSES}
    answers |= {f'slopes on the way through {case.name}, seed {case.seed}': engine.trace(questions.question(case))
                for case in questions.every_kind() if case.seed % 3 == 0}
    answers |= {f'side by side {crowd.name}': engine.side_by_side(crowd) for crowd in questions.CROWDS}
    answers |= {f'{name} of numbers': engine.bend(name, questions.INPUTS) for name in questions.BENDS}
    answers |= {f'softmax {seed}': engine.softmax(questions.logits(seed)[0][0]) for seed in questions.SMALL}
    answers |= {f'expression {seed}': engine.expression(questions.program(seed)) for seed in questions.PROGRAMS}
    answers |= {f'line {seed}': engine.line_loss_gradient(*questions.points(seed)) for seed in questions.SMALL}
    answers |= {f'curvature of line {seed}': engine.line_loss_hessian(*questions.points(seed)) for seed in questions.SMALL}
    answers |= {f'{rule} down the loss of line 3': engine.descend(rule, *questions.points(3)) for rule in questions.RULES}
    return answers | {f'softmax with cross-entropy {seed}': engine.softmax_cross_entropy(*questions.logits(seed))
                      for seed in questions.SMALL}


def read():
    return json.loads(FILE.read_text())


def main():
    import torch

    from tests.peers import pytorch
    said = {'engine': f'PyTorch {torch.__version__}', 'answers': json.loads(text(ask(pytorch)))}
    try:
        agree(read()['answers'], said['answers'])
        print(f'{FILE.name} says the same already.')
    except (OSError, AssertionError):
        lines = ',\n'.join(f'{json.dumps(name)}: {text(answer)}' for name, answer in said['answers'].items())
        FILE.write_text(f'{{"engine": {json.dumps(said["engine"])}, "answers": {{\n{lines}\n}}}}\n')
        print(f'{FILE.name} is written anew: {len(said["answers"])} answers of {said["engine"]}.')


def text(answer):
    match answer:
        case dict():
            return '{' + ','.join(f'{json.dumps(name)}:{text(value)}' for name, value in answer.items()) + '}'
        case list() | tuple() | np.ndarray():
            return '[' + ','.join(text(value) for value in answer) + ']'
    return f'{answer:.12g}'


if __name__ == '__main__':
    main()
