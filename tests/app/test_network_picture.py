"""The picture of a network: every parameter is an edge, nothing hides anything, and a run moves what the picture shows."""
import numpy as np
import pytest

from app.network_layout import layout, trails_of
from app.network_picture import (
    network_marks,
    network_plane,
    network_tracks,
    number_text,
    parameter_names,
    unit_names,
    unit_values,
    with_weight,
)
from app.scene import check
from core.backprop import backward
from core.layers import count_parameters, parameters, with_parameters
from core.network import forward, new_network

BOXES = {'wide': [20, 30, 460, 300], 'narrow': [6, 10, 328, 270]}
SIZES = [(2, 1), (2, 1, 1), (2, 2, 1), (2, 3, 1), (2, 4, 1), (2, 8, 1), (3, 4, 4, 1), (4, 4, 3), (2, 8, 8, 1), (8, 8, 8, 8, 8, 8),
         (1, 3, 1), (2, 2, 2, 2, 2, 1)]
MAKES = [(sizes, False) for sizes in SIZES] + [((2, n, 1), True) for n in (1, 2, 4, 8)] + [((2, 3, 3, 1), True)]


def scene(network, width='wide', **more):
    made = {'size': [720, 360] if width == 'wide' else [340, 300], 'title': 'A network',
            'planes': {'net': network_plane(BOXES[width])}, 'marks': network_marks(network, BOXES[width], width, **more)}
    check(made)
    return made['marks']


@pytest.mark.parametrize('width', BOXES)
@pytest.mark.parametrize(('sizes', 'shortcut'), MAKES)
def test_nothing_leaves_its_box_or_hides_anything(sizes, shortcut, width):
    place, (_, _, across, high) = layout(sizes, shortcut, tuple(BOXES[width]), width), BOXES[width]
    trails = trails_of(place.x, place.y, place.x1, place.y1, place.bend)
    assert (trails >= 0).all() and (trails <= [across, high]).all()
    assert (place.nodes >= place.r).all() and (place.nodes <= [across - place.r, high - place.r]).all()
    apart = np.linalg.norm(place.nodes[:, None] - place.nodes, axis=2) + 1e9 * np.eye(len(place.nodes))
    assert apart.min() > 2 * place.r + 4, 'the edge of a bias can be seen'
    ends = {(round(a), round(b)) for a, b in place.nodes.tolist()}
    for k in range(len(place.x)):
        ending = [np.hypot(*(place.nodes - trails[end, k]).T) < 1 for end in (0, -1)]
        others = place.nodes[~(ending[0] | ending[1])]
        stub = place.x[k] == place.x1[k]
        assert stub or {(round(x), round(y)) for x, y in trails[[0, -1], k]} <= ends
        if not stub and len(others):
            away = np.linalg.norm(trails[:, k, None] - others, axis=2).min()
            assert away > place.r, 'an edge passes no unit that it has nothing to do with'
    size = np.array([place.font * 2.2, place.font * .9])
    for i, spot in enumerate(place.at):
        assert (np.abs(place.at - spot) >= size)[np.arange(len(place.at)) != i].any(axis=1).all()
        assert (np.hypot(*np.maximum(np.abs(place.nodes - spot) - size / 2, 0).T) > place.r).all()


def test_small_networks_show_their_numbers_and_large_ones_leave_them_to_the_card():
    shown = {sizes: len(layout(sizes, sizes == (2, 1, 1), tuple(BOXES['wide'])).numbered) for sizes in SIZES[:5]}
    assert shown == {(2, 1): 3, (2, 1, 1): 7, (2, 2, 1): 9, (2, 3, 1): 13, (2, 4, 1): 0}
    assert len(layout((2, 4, 1), False, (0, 0, 700, 340)).numbered) == 12, 'but for the biases'
    assert layout((2, 1, 1), True, (0, 0, 328, 270), 'narrow').numbered == tuple(range(7))


@pytest.mark.parametrize(('sizes', 'shortcut'), MAKES)
def test_each_edge_is_the_parameter_of_its_number(sizes, shortcut):
    network = new_network(sizes, 1, shortcut=shortcut)
    marks = scene(network)
    edges, names, place = marks['net-edges'], unit_names(sizes), layout(sizes, shortcut, tuple(BOXES['wide']))
    assert edges['value'].tolist() == parameters(network).tolist()
    where = dict(zip([name for column in names for name in column], place.nodes.tolist(), strict=True))
    for i, words in enumerate(parameter_names(network, names)):
        if words.startswith('weight'):
            source, target = words.removeprefix('weight ').split(' → ')
            assert [edges['x'][i], edges['y'][i]] == where[source]
            assert [edges['x1'][i], edges['y1'][i]] == where[target]
        else:
            x, y = where[words.removeprefix('bias of ')]
            assert (edges['x'][i], edges['x1'][i], edges['y1'][i]) == pytest.approx((x, x, y - place.r), abs=0.13)
    assert with_weight(network, 1, 7.5).tolist()[1] == 7.5


@pytest.mark.parametrize('number', [0.0, -0.0, 1e6, -1e6, 1e-9, -250.0])
def test_any_weight_can_be_drawn(number):
    network = new_network((2, 4, 1), 1)
    marks = scene(with_parameters(network, np.full(count_parameters(network), number)), 'narrow')
    assert set(marks['net-edges']['dials']['says']) <= {'0', '1,000,000', '−1,000,000', '1 × 10⁻⁹', '−250'}
    assert len(number_text(number)) <= 5


def test_values_slopes_and_names_are_those_of_the_network():
    network, x = new_network((2, 2, 1), 3), [1.0, 0.5]
    seen, slopes = forward(network, x), backward(network, x, [1])
    marks = scene(network, forward=seen, slopes=slopes)
    values = unit_values(seen)
    assert values == [1.0, .5, *seen.a[0][0], seen.a[1][0][0]]
    assert marks['net-nodes']['text'] == [number_text(value) for value in values]
    assert marks['net-names']['text'] == ['x₁', 'x₂', 'h₁', 'h₂', 'y']
    assert marks['net-numbers']['text'] == [number_text(weight) for weight in parameters(network)]
    assert marks['net-slopes']['text'] == [number_text(slope) for slope in parameters(slopes)]
    assert marks['net-edges']['dials']['notes'][0].startswith('∂L/∂w = ')
    bare = scene(network, dials=False)
    assert 'dials' not in bare['net-edges']
    assert bare['net-nodes']['text'] == ['x₁', 'x₂', 'h₁', 'h₂', 'y'], 'without values the names stand inside'
    shown = {sizes: not scene(new_network(sizes, 1))['net-nodes']['bare'] for sizes in SIZES}
    assert [sizes for sizes in SIZES if not shown[sizes]] == [(2, 8, 8, 1), (8, 8, 8, 8, 8, 8)], 'where they have room'


@pytest.mark.parametrize('sizes', [(2, 2, 1), (2, 8, 8, 1)])
def test_a_run_shows_at_each_moment_what_the_picture_of_that_network_shows(sizes):
    networks = [new_network(sizes, seed) for seed in range(3)]
    seen = [forward(network, [1, 0]) for network in networks]
    slopes = [backward(network, [1, 0], [1]) for network in networks]
    tracks = network_tracks(networks[0], np.array([parameters(network) for network in networks]),
                            values=np.array([unit_values(each) for each in seen]),
                            slopes=np.array([parameters(each) for each in slopes]))
    for k in range(3):
        marks = scene(networks[k], forward=seen[k], slopes=slopes[k])
        dials = marks['net-edges']['dials']
        for path, values in tracks.items():
            mark, field = path.split('.')
            shown = dials[field] if field in ('says', 'notes') else marks[mark][field]
            assert list(values[k]) == list(shown), path
