"""A scene is plain data: its differences are exact, its message survives the journey, and a malformed one is named."""
import base64
import copy
import json

import numpy as np
import pytest

from app.scene import changed, changed_planes, check, pack, same, unpack, written
from tests.random_scenes import KINDS, random_scene

SEEDS = range(40)


def with_changes(scene, marks):
    """What a browser has after an update."""
    return scene | {'marks': {key: mark | (marks.get(key) or {}) for key, mark in scene['marks'].items()}}


@pytest.mark.parametrize('seed', SEEDS)
def test_the_difference_leads_from_one_scene_to_the_other(seed):
    old, new = random_scene(seed), random_scene(seed, 1)
    marks = changed(old, new)
    assert marks
    assert changed(with_changes(old, marks), new) == {}
    assert changed(new, random_scene(seed, 1)) == {}


def test_only_fields_that_differ_are_in_the_difference():
    old = {'size': [720, 420], 'title': 't', 'planes': {}, 'marks': {
        'a': {'kind': 'points', 'plane': 'p', 'x': np.array([1., 2]), 'y': [1, 2], 'r': 4},
        'b': {'kind': 'text', 'plane': 'p', 'x': 0, 'y': 0, 'text': 'loss 3'}}}
    new = copy.deepcopy(old)
    assert changed(old, new) == {}
    new['marks']['b']['text'] = 'loss 4'
    assert changed(old, new) == {'b': {'text': 'loss 4'}}
    new['marks']['a']['x'][1] = 3
    del new['marks']['a']['r']
    difference = changed(old, new)['a']
    assert sorted(difference) == ['r', 'x']
    assert difference['r'] is None


def test_another_structure_needs_the_whole_scene():
    old = random_scene(1)
    marks = old['marks']
    key = next(iter(marks))
    assert changed(old, old | {'marks': dict(reversed(marks.items()))}) is None
    assert changed(old, old | {'marks': {k: m for k, m in marks.items() if k != key}}) is None
    assert changed(old, old | {'marks': marks | {'more': marks[key]}}) is None
    assert changed(old, old | {'marks': marks | {key: marks[key] | {'kind': 'other'}}}) is None
    assert changed(old, old | {'size': [720, 400]}) is None
    assert changed(old, old | {'title': 'Another'}) is None
    plane = next(iter(old['planes']))
    assert changed(old, old | {'planes': old['planes'] | {plane: old['planes'][plane] | {'x': [0, 1]}}}) is None


@pytest.mark.parametrize('seed', SEEDS)
def test_other_ranges_are_a_difference_of_planes_and_of_marks(seed):
    old, new = random_scene(seed), random_scene(seed, 1, zoom=1)
    planes = changed_planes(old, new)
    assert 'p0' in planes
    assert same(old['planes'] | planes, new['planes'])
    assert changed(old, new) is None
    here = old | {'planes': new['planes']}
    assert changed(with_changes(here, changed(here, new)), new) == {}
    assert changed_planes(new, random_scene(seed, 2, zoom=1)) == {}


def test_other_boxes_or_planes_need_the_whole_scene():
    old = random_scene(1)
    planes = old['planes']
    name, plane = next(iter(planes.items()))
    other = {name: plane | {'xlabel': 'other'}}
    assert changed_planes(old, old | {'planes': planes | other}) == other
    assert changed_planes(old, old | {'planes': planes | {name: plane | {'box': [0, 0, 9, 9]}}}) is None
    assert changed_planes(old, old | {'planes': planes | {'more': plane}}) is None


def test_a_message_survives_the_journey():
    value = {'seq': 3, 'text': 'ŷ −3 <b>', 'none': None, 'deep': [{'a': np.arange(3, dtype=np.uint8)}],
             'flags': np.array([True, False]), 'whole': np.arange(4), 'half': np.float32([[1.5, 2.5]]),
             'exact': np.array([0.1, 1e300]), 'one': np.float64(.1), 'few': np.int64(4), 'empty': np.zeros((0, 2))}
    data = pack(value)
    back = unpack(data)
    assert len(data) % 4 == 0
    assert back['seq'] == 3
    assert back['text'] == 'ŷ −3 <b>'
    assert (back['one'], back['few'], back['none']) == (.1, 4, None)
    arrays = ('whole', 'f8', (4,)), ('half', 'f4', (1, 2)), ('exact', 'f8', (2,)), ('empty', 'f8', (0, 2))
    for name, code, shape in arrays:
        assert (back[name].dtype.str[1:], back[name].shape) == (code, shape)
        assert np.array_equal(back[name], value[name])
    assert back['deep'][0]['a'].dtype == np.uint8
    assert back['flags'].tolist() == [1, 0]


def test_every_array_begins_where_a_browser_can_read_it():
    for text in ('', 'a', 'ab', 'abcd', 'abcdefg'):
        data = pack({'text': text, 'a': np.uint8([1, 2, 3]), 'b': np.array([.5])})
        length = int.from_bytes(data[:4], 'little')
        assert (4 + length) % 8 == 0
        assert unpack(data)['b'].tolist() == [.5]


@pytest.mark.parametrize('value', [float('nan'), {'a': [float('inf')]}, np.float64('nan')])
def test_a_message_carries_no_number_that_json_has_not(value):
    with pytest.raises(ValueError):
        pack(value)


def test_a_message_carries_only_plain_things():
    with pytest.raises(TypeError, match='object'):
        pack({'a': object()})


@pytest.mark.parametrize('seed', SEEDS)
def test_proper_scenes_pass(seed):
    scene = random_scene(seed)
    assert {mark['kind'] for mark in scene['marks'].values()} == set(KINDS)
    check(scene)


def spoken(move):
    return {'kind': 'handle', 'plane': 'p', 'x': 0, 'y': 0, 'move': move, 'label': 'an end', 'says': '3 $', 'now': '3',
            'min': '0', 'max': '9', 'bounds': [0, 1], 'step': .1}


def pieces(**fields):
    return {'kind': 'lines', 'plane': 'p', 'x': [0, .5, 1], 'y': [0, 1, 0], 'starts': [0, 2]} | fields


def hills(**fields):
    grid = {'x': [0, 1], 'y': [0, 1], 'z': [0, 1], 'shape': [2, 2], 'bends': np.zeros(4), 'unit': 1}
    return {'kind': 'mesh', 'plane': 'p', **grid, 'yaw': 0, 'pitch': 30,
            'label': 'flat', 'map': 'p', 'dots': ['end'], 'px': [0, 1], 'py': [0, 1], 'levels': [.5]} | fields


def plain_scene():
    """A small proper scene to spoil."""
    plane, palette = {'box': [0, 0, 10, 10], 'x': [0, 1], 'y': [0, 1]}, np.zeros(768, np.uint8)
    return {'size': [720, 420], 'title': 'A line', 'planes': {'p': plane}, 'marks': {
        'line': {'kind': 'line', 'plane': 'p', 'x': np.array([0., 1]), 'y': np.array([0., 1]), 'through': ['end'] * 2},
        'squares': {'kind': 'squares', 'plane': 'p', 'x': [0], 'y0': [0], 'y1': [1], 'onto': 'line'},
        'name': {'kind': 'text', 'plane': 'p', 'x': 0, 'y': 0, 'text': 'a'},
        'map': {'kind': 'image', 'plane': 'p', 'shape': [1, 2], 'pixels': np.uint8([0, 1]), 'palette': palette},
        'end': {**spoken('y'), 'along': 'line'},
        'own': {**spoken('y'), 'kind': 'sketch', 'x': [0, 1], 'y': [0, 1]}}}


@pytest.mark.parametrize(('where', 'value', 'complaint'), [
    ('size', [720, float('nan')], 'size'),
    ('size', [720], 'size'),
    ('title', '', 'title'),
    ('planes p x', [1, 1], "plane 'p'.*range.*x"),
    ('planes p y', [0, float('inf')], "plane 'p'.*range.*y"),
    ('planes p box', [0, 0, 0, 9], 'box'),
    ('planes p xticks', [[.5, 5]], 'xticks'),
    ('marks line kind', 'curve', "'line' is of no known kind: 'curve'"),
    ('marks line plane', 'q', "'line' stands on no plane"),
    ('marks line x', [0, 1, 2], "'line' needs series of equal length"),
    ('marks line y', None, "'line' has no y"),
    ('marks line y', np.array([0, np.nan]), "'line' has a number in y that is not finite"),
    ('marks line through', ['end', 'gone'], "'line' moves with 'gone'"),
    ('marks line follows', {'end': [[1], [1, 2]]}, 'a factor for each'),
    ('marks line x', [1, 0], 'must ascend'),
    ('marks squares onto', 'name', "stands on 'name', which is no line"),
    ('marks name text', 3, "'name' needs a text as text"),
    ('marks name x', [1], "'name' needs one number as x"),
    ('marks map pixels', np.uint8([0]), "'map' needs uint8 pixels"),
    ('marks map rows', ['one', 'two'], "'map' needs a name for each of its rows"),
    ('marks map palette', np.uint8([0]), "'map' needs a palette"),
    ('marks map pad', {}, "pad 'map' needs a palette of 256 colours, and texts"),
    ('marks end move', 'z', "'end' moves x, y or both"),
    ('marks end move', 'both', "'end' needs bounds.*each direction"),
    ('marks end bounds', [1, 0], 'low and high'),
    ('marks end bounds', None, 'needs bounds'),
    ('marks end step', 0, 'needs a step'),
    ('marks end now', '3 $', 'plain numbers'),
    ('marks end says', None, "'end' needs a text as says"),
    ('marks end seat', {'line': 'gone', 'x': 0}, "stands on 'gone'"),
    ('marks end', spoken('x') | {'seat': {'line': 'line', 'x': 0}, 'jump': True}, "'end' has its seat on another plane"),
    ('marks map', pieces(starts=None), "'map' need starts that ascend from 0"),
    ('marks map', pieces(starts=[1]), "'map' need starts that ascend from 0"),
    ('marks map', pieces(starts=[0, 2, 1]), "'map' need starts that ascend from 0"),
    ('marks map', pieces(starts=[0, 4]), "'map' need starts that ascend from 0"),
    ('marks map', pieces(at=[3], names=['5']), "'map' need texts as names, and a point"),
    ('marks map', pieces(at=[2], names=[5]), "'map' need texts as names, and a point"),
    ('marks map', pieces(at=[2], names=[]), "'map' need texts as names, and a point"),
    ('marks map', hills(bends=np.zeros(3)), "'map' needs a height for each point of its shape"),
    ('marks map', hills(shape=[1, 4]), "'map' needs a height for each point of its shape"),
    ('marks map', hills(unit=None), "'map' has no unit"),
    ('marks map', hills(x=[0, 0]), "'map' needs a range as x"),
    ('marks map', hills(z=[1, 1]), "'map' needs a range as z"),
    ('marks map', hills(levels=[1, 1]), "'map' needs ascending levels"),
    ('marks map', hills(yaw=None), "'map' has no yaw"),
    ('marks map', hills(label=None), "'map' needs a text as label"),
    ('marks map', hills(px=[1]), "'map' needs a path of as many x as y"),
    ('marks map', hills(arrows=np.zeros(4)), "'map' needs four numbers for each arrow"),
    ('marks map', hills(map='q'), "'map' has no such map: 'q'"),
    ('marks map', hills(dots=['line']), "'map' shows 'line', which is no handle"),
    ('marks name rides', 'line', "'name' rides 'line', which is no handle"),
    ('marks own x', [0, float('inf')], "'own' has a number in x"),
    ('marks own now', ['1', 'x'], 'plain numbers'),
    ('marks <b>', {'kind': 'text'}, 'needs a name'),
])
def test_what_is_malformed_is_named(where, value, complaint):
    scene = plain_scene()
    check(scene)
    *parents, last = where.split()
    spoilt = scene
    for parent in parents:
        spoilt = spoilt[parent]
    spoilt[last] = value
    with pytest.raises(ValueError, match=complaint):
        check(scene)


def test_a_surface_and_what_goes_along_with_a_handle_pass():
    scene = plain_scene()
    scene['marks']['map'] = hills()
    scene['marks']['name']['rides'] = 'end'
    check(scene)


def test_the_arrays_of_a_page_are_written_once_and_its_json_ends_no_script():
    x = np.linspace(0, 1, 50)
    text = written({'wide': {'x': x, 'title': '</script>'}, 'narrow': {'x': x.copy()}})
    json_line, arrays = text.split('\n')
    assert '<' not in json_line
    assert len(base64.b64decode(arrays)) == x.nbytes
    assert json.loads(json_line)['wide']['x'] == json.loads(json_line)['narrow']['x']
