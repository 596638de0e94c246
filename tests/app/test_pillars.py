"""Whoever sees no colour is told a pillar by its sign and its word."""
from app import pillars, scene
from app.lesson_format import parse
from lessons.models.state import State


def test_each_pillar_has_a_sign_of_its_own_in_texts_and_pictures():
    assert len(set(pillars.PILLARS.values())) == len(pillars.PILLARS) == 3
    lesson = parse('models', '# A title\n\nA slope is {pillar}`calculus`.\n', State)
    assert 'A slope is <span class="pillar calculus"><i aria-hidden="true">∂</i>calculus</span>.' in lesson.blocks[0]
    assert lesson.question == 'A slope is calculus.'


def test_tags_stand_in_a_scene_in_the_colour_of_their_meaning():
    marks = {'one': pillars.tag('paper', 'algebra', 1, 2), 'all': pillars.tags('paper', pillars.PILLARS, [1, 2, 3], [0, 0, 0])}
    plane = {'box': [0, 0, 9, 9], 'x': [0, 9], 'y': [0, 9]}
    scene.check({'size': [9, 9], 'title': 'Tags', 'planes': {'paper': plane}, 'marks': marks})
    assert marks['one']['text'] == '× algebra' and marks['one']['class'] == 'algebra'
    assert marks['all']['text'] == ['× algebra', '% probability', '∂ calculus']
    assert marks['all']['inks'] == ['algebra', 'probability', 'calculus']
