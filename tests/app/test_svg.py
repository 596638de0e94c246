"""The server's picture is well-formed, says what it shows to those who cannot see it, and is rounded as browsers do."""
import base64
import gzip
import re
import zlib
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.marks import FAR, height_at, number, numbers
from app.mesh import View, bent, unbent
from app.svg import png, rescaled, svg
from tests.random_scenes import random_scene

SPOKEN = {'label': 'slope', 'says': '200 $/ft²', 'now': '200', 'min': '-200', 'max': '500'}


def picture(marks=(), **plane):
    """A picture of one plane on which a number is its own place, as parsed XML."""
    plane = {'box': [0, 0, 100, 100], 'x': [0, 100], 'y': [100, 0]} | plane
    scene = {'size': [720, 420], 'title': 'A "title" <b>', 'planes': {'p': plane}, 'marks': dict(marks)}
    return ET.fromstring(svg(scene, 'fig'))


def a(kind, **fields):
    return {'kind': kind, 'plane': 'p', **fields}


def mark(tree, key):
    return tree.find(f'g[@data-mark="{key}"]')


def test_a_pad_is_a_picture_that_keys_reach_and_says_what_is_drawn():
    pad = {'pen': 1.2, 'ink': True, 'full': 1, 'fresh': False, 'says': '3 pixels of ink'}
    image = a('image', shape=[2, 2], pixels=np.uint8([1, 1, 1, 0]), palette=np.zeros(768, np.uint8), label='a pad', pad=pad)
    tree = picture({'pad': image})
    group = mark(tree, 'pad')
    assert group.get('class') == 'image pad pad' and group.get('tabindex') == '0' and group.get('aria-label') == 'a pad'
    assert (group.get('role'), group.get('aria-valuetext'), group.get('aria-valuemax')) == ('slider', '3 pixels of ink', '4')
    assert group[0].tag == 'image'


@pytest.mark.parametrize('seed', range(40))
def test_any_scene_is_well_formed(seed):
    scene = random_scene(seed)
    tree = ET.fromstring(svg(scene, f'scene-{seed}'))
    assert [g.get('data-mark') for g in tree.findall('g[@data-mark]')] == list(scene['marks'])
    ids = [element.get('id') for element in tree.iter() if element.get('id')]
    used = [element.get('clip-path')[5:-1] for element in tree.iter() if element.get('clip-path')]
    assert len(ids) == len(set(ids))
    assert set(used) == set(ids), 'every clip path that is used, and no other'


@given(st.text())
def test_no_text_breaks_the_picture(words):
    tree = picture({'a': a('text', x=1, y=1, text=words),
                    'b': a('handle', x=1, y=1, move='x', **SPOKEN | {'label': words, 'says': words})},
                   xlabel=words, yticks=[[50, words]])
    shown = re.sub('[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]', '\ufffd', words)
    assert (mark(tree, 'a')[0].text or '') == re.sub('\r\n?', '\n', shown)
    assert len(mark(tree, 'a')) == 1


def test_a_script_in_a_label_is_only_words():
    plane = {'box': [0, 0, 9, 9], 'x': [0, 1], 'y': [0, 1]}
    scene = {'size': [720, 420], 'title': '<script>', 'planes': {'p': plane}, 'marks': {
        'a': a('text', x=1, y=1, text='<script>alert(1)</script>'),
        'b': a('line', x=[], y=[], label='"><script>')}}
    assert '<script' not in svg(scene, 'fig')


@given(st.floats(allow_nan=False))
def test_a_number_is_short_bounded_and_rounded_as_in_javascript(value):
    text = number(value)
    assert re.fullmatch(r'-?\d{1,6}(\.[1-9])?', text)
    assert text != '-0'
    assert abs(float(text)) <= FAR
    assert numbers(np.array([value])) == [text]


def test_ties_go_up():
    assert [number(v) for v in (560.25, 560.35, -0.05, -0.04, -0.25, 0.05, 1e300, -1e300)] == [
        '560.3', '560.4', '0', '0', '-0.2', '0.1', '100000', '-100000']


def test_the_picture_and_its_handles_are_labelled():
    meaning, told = {'class': 'model'}, SPOKEN | {'says': ['3 $', '4 $']}
    marks = {'end': a('handle', x=10, y=20, move='y', cue=True, lit='slope', **meaning, **SPOKEN),
             'gone': a('handle', x=10, y=20, move='y', hidden=True, **SPOKEN),
             'own': a('sketch', x=[1, 2], y=[1, 2], locked=True, **told),
             'houses': a('points', x=[1], y=[1]),
             'told': a('line', x=[1, 2], y=[1, 2], label='a rising line')}
    tree = picture(marks)
    assert (tree.get('role'), tree.get('aria-label'), tree.get('viewBox')) == ('group', 'A "title" <b>', '0 0 720 420')
    end = mark(tree, 'end').attrib
    assert {key: end[key] for key in end if key.startswith('aria-')} == {
        'aria-label': 'slope', 'aria-valuetext': '200 $/ft²', 'aria-valuenow': '200', 'aria-valuemin': '-200',
        'aria-valuemax': '500', 'aria-orientation': 'vertical'}
    assert (end['role'], end['tabindex'], end['data-lit']) == ('slider', '0', 'slope')
    assert end['class'].split() == ['handle', 'end', 'model', 'move-y', 'fresh']
    gone = mark(tree, 'gone')
    assert len(gone) == 0
    assert gone.get('class').split() == ['handle', 'gone', 'move-y']
    assert not {'tabindex', 'role'} & set(gone.attrib)
    own = mark(tree, 'own').attrib
    assert (own['role'], own['aria-valuetext'], own['aria-readonly']) == ('slider', '3 $', 'true')
    assert 'locked' in own['class'].split()
    assert mark(tree, 'houses').get('aria-hidden') == 'true'
    assert (mark(tree, 'told').get('role'), mark(tree, 'told').get('aria-hidden')) == ('img', None)


def test_axes_have_ticks_labels_and_the_zero_line_only_where_zero_is_inside():
    ticks = {'xticks': [[-50, '−50'], [50, '50']], 'yticks': [[0, '0']], 'xlabel': 'size', 'ylabel': 'price'}
    tree = picture(x=[-100, 100], y=[0, 100], grid=True, frame=True, **ticks)
    assert [path.get('d') for path in tree.iter('path') if path.get('class') == 'zero'] == ['M50 0v100']
    assert [text.text for text in tree.iter('text')] == ['−50', '50', '0', 'size', 'price']
    assert [path.get('d') for path in tree.iter('path') if path.get('class') == 'grid'] == ['M25 0v100M75 0v100M0 100h100']
    assert len([rect for rect in tree.iter('rect') if rect.get('class') == 'frame']) == 1
    assert tree.find('g/g[@class="ticks"]').get('aria-hidden') == 'true'
    assert [len(axis) for axis in picture().findall('g')] == [0]


@pytest.mark.parametrize('seed', range(10))
def test_rescaled_planes_bring_the_axes_of_the_picture(seed):
    scene = random_scene(seed, 0, zoom=1)
    picture = svg(scene, 'fig')
    axes = rescaled(scene, scene['planes'])
    assert list(axes) == list(scene['planes'])
    for name, axis in axes.items():
        assert axis['plane'] is scene['planes'][name]
        assert axis['svg'].startswith(f'<g class="axis" data-plane="{name}"')
        assert axis['svg'] in picture


def test_errors_become_true_squares():
    tree = picture({'s': a('squares', x=[10, 50], y0=[20, 60], y1=[30, 35], left=[False, True])})
    assert [rect.attrib for rect in mark(tree, 's')] == [
        {'x': '10', 'y': '20', 'width': '10', 'height': '10'}, {'x': '25', 'y': '35', 'width': '25', 'height': '25'}]
    packed = picture({'s': a('squares', x=[10], y=[50], side=[20])})
    assert mark(packed, 's')[0].attrib == {'x': '10', 'y': '30', 'width': '20', 'height': '20'}


def test_an_arrow_ends_at_its_tip_and_one_of_no_length_is_drawn_too():
    tree = picture({'a': a('arrow', x=10, y=10, x1=60, y1=10),
                    'b': a('arrow', x=10, y=10, x1=10, y1=10)})
    shaft, head = mark(tree, 'a')
    assert (shaft.get('x2'), head.get('points')) == ('48', '60,10 48,14.8 48,5.2')
    assert mark(tree, 'b')[1].get('points') == '10,10 10,10 10,10'


def test_a_seat_is_on_its_line_and_the_line_is_its_target():
    seat = {'line': 'line', 'x': 50}
    tree = picture({'line': a('line', x=[0, 100], y=[20, 40]),
                    'grip': a('handle', x=7, y=7, move='both', seat=seat, **SPOKEN)})
    target, hit, knob, _ = mark(tree, 'grip')
    assert target.get('points') == '0,20 100,40'
    assert (knob.get('cx'), knob.get('cy'), hit.get('r')) == ('50', '30', '27')


def test_a_line_goes_on_beyond_its_ends():
    line = {'x': [0, 1, 3], 'y': [0, 2, 4]}
    assert [height_at(line, x) for x in (-1, 0, .5, 1, 2, 3, 5)] == [-2, 0, 1, 2, 3, 4, 6]


def test_a_png_holds_its_pixels():
    pixels, palette = np.arange(6, dtype=np.uint8).reshape(2, 3), np.arange(768).astype(np.uint8)
    data = png(pixels, palette)
    assert data.startswith(b'\x89PNG\r\n\x1a\n')
    start = data.index(b'IDAT')
    size = int.from_bytes(data[start - 4:start], 'big')
    assert zlib.decompress(data[start + 4:start + 4 + size]) == b'\0\0\1\2\0\3\4\5'
    assert palette[:18].tobytes() in data and palette[15:21].tobytes() not in data, 'it has the colours that are used'
    tree = picture({'map': a('image', shape=[2, 3], pixels=pixels.ravel(), palette=palette)})
    assert base64.b64decode(mark(tree, 'map')[0].get('href').partition(',')[2]) == data


def test_many_lines_are_one_path_and_their_names_stand_on_them():
    pieces = {'x': [0, 10, 20, 30, 40.06], 'y': [0, 10, 20, 30, 40], 'starts': [0, 2, 2]}
    tree = picture({'map': a('lines', names=['5', '−5'], at=[1, 4], **pieces)})
    path, *names = mark(tree, 'map')
    assert path.get('d') == 'M0 0l10 10M20 20l10 10 10.1 10'
    assert [(name.text, name.get('x'), name.get('y')) for name in names] == [('5', '10', '15.6'), ('−5', '40.1', '45.6')]
    assert mark(tree, 'map').get('clip-path') == 'url(#fig-p)'
    empty, = mark(picture({'map': a('lines', x=[], y=[], starts=[])}), 'map')
    assert empty.get('d') is None


def surface(**fields):
    x = np.linspace(-3, 3, 41)
    heights = np.add.outer(x**2, x**2)
    grid = {'x': [-3, 3], 'y': [-3, 3], 'z': [0, 18], **bent(heights, [0, 18])}
    return a('mesh', **grid, yaw=-38, pitch=36, label='a bowl', names=['x', 'y', 'f'], **fields)


def test_a_surface_is_drawn_as_profiles_from_far_to_near_and_is_small():
    marks = {'end': a('handle', x=1, y=2, move='both', **SPOKEN), 'hill': surface(px=[1, 0], py=[2, 0], dots=['end'])}
    plane = {'box': [0, 0, 380, 372], 'x': [0, 1], 'y': [0, 1]}
    scene = {'size': [720, 420], 'title': 'A bowl', 'planes': {'p': plane}, 'marks': marks}
    text = svg(scene, 'fig')
    hill = mark(ET.fromstring(text), 'hill')
    profiles = [line.get('points') for line in hill if line.tag == 'polyline' and not line.get('class')]
    assert len(profiles) == 11
    corners = [float(points.split()[0].partition(',')[2]) for points in profiles]
    assert corners == sorted(corners), 'the nearest is drawn last, over the others'
    places = np.array([[float(v) for v in pair.split(',')] for points in profiles for pair in points.split()])
    assert places.min() >= 0 and (places.max(0) <= (380, 372)).all()
    assert [part.get('class') for part in hill if part.get('class')] == ['floor', 'way', 'model']
    said = [hill.get(name) for name in ('role', 'aria-label', 'aria-valuenow', 'tabindex')]
    assert said == ['slider', 'a bowl', '-38', '0']
    assert len(gzip.compress(text.encode())) < 4000


@pytest.mark.parametrize('yaw', range(-170, 190, 40))
def test_a_surface_fits_its_place_however_it_is_turned(yaw):
    for pitch in (14, 36, 67, 86):
        look = {'yaw': yaw, 'pitch': pitch, 'x': [0, 1], 'y': [0, 1], 'z': [0, 1]}
        view = View(look | bent(np.array([[0., 1], [1, 0]]), [0, 1]), [10, 20, 300, 300])
        for level in (0.0, 1.0):
            sx, sy = view([0, 1, 1, 0], [0, 0, 1, 1], level)
            assert (np.abs(sx - 160) <= 150).all() and (np.abs(sy - 170) <= 153).all()


def test_heights_come_back_as_fine_as_anybody_sees_and_smooth_ground_is_light():
    x = np.linspace(-3, 3, 33)
    for heights in (np.add.outer(x**2, x), np.multiply.outer(np.sin(2 * x), np.sin(2 * x)), np.zeros((33, 33))):
        z = [heights.min(), heights.max() + 1]
        small = bent(heights, z)
        assert np.abs(unbent(small) - heights).max() <= (z[1] - z[0]) / 5000
        assert len(zlib.compress(small['bends'].tobytes())) < 1500
    assert unbent(bent(np.array([[-9., 0.5], [0.5, 9]]), [0, 1])).tolist() == [[0, 0.5], [0.5, 1]], 'what is cut is flat'


def test_a_view_knows_how_high_the_surface_is_between_its_points():
    grid = {'x': [0, 2], 'y': [0, 1], 'z': [0, 1], **bent(np.array([[0., 1, 0], [1, 1, 1]]), [0, 1])}
    view = View(grid | {'yaw': 0, 'pitch': 40}, [0, 0, 9, 9])
    assert view.levels([0, 0.5, 1, 1.5, 2, 2], [0, 0, 0, 0, 0.5, 1]) == pytest.approx([0, 0.5, 1, 0.5, 0.5, 1], abs=1e-3)
