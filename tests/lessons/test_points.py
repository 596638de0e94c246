"""Points of two classes: what a person pastes is read, and what is wrong with it is said by line and cell."""
import param
import pytest

from app.kinds import kind_of
from app.parameters import query, read, tidy
from lessons.points import Points, points_from, table_of


class State(param.Parameterized):
    points = Points([[0, 0, 1]], most=4, furthest=50.0, label='Your own points')


@pytest.mark.parametrize('text', [
    'x\ty\tclass\n0\t1\t1\n0.5\t−2\t0', '0,1,1\n.5,-2,0', '0;1;yes\n0,5;-2;no', ' 0 1 + \n\n 1/2   -2  -\n',
    '0,1,1.0\r\n5e-1,-2.0,0.0\r\n',
    '"0","1","true"\n"0.5","-2","false"', 'first, second, wanted\n0, 1, Yes\n0.5, -2, NO'])
def test_tables_are_read_as_people_have_them(text):
    assert points_from(text) == [[0, 1, 1], [.5, -2, 0]]


@pytest.mark.parametrize(('text', 'words'), [
    ('0,1,1\n0,zwei,1', 'in line 2, cell 2, “zwei”, is no number'),
    ('x,y,class\n0,1,1\n0,,1', 'in line 3, cell 2 is empty'),
    ('0,1,1\n\n0,1', 'line 3 has 2 cells and needs three'),
    ('0,1,1,7', 'line 1 has 4 cells'),
    ('hello 1', 'line 1 has 2 cells'),
    ('0,1,maybe', 'in line 1, cell 3, “maybe”, is no class: it needs 0 or 1'),
    ('0,1,2', 'in line 1, cell 3, “2”, is no class'),
    ('0,1,', 'in line 1, cell 3 is empty'),
    ('0,1e999,1', 'in line 1, cell 2'),
    ('nan,1,1', 'in line 1, cell 1'),
    ('0,51,1', 'further from 0 than 50'),
    ('0,1,1\n' * 5, 'it has 5 points, and there is room for 4'),
    ('x,y,class', 'there are no points in it'),
    (' \n ', 'there are no points in it'),
    ('1' * 50_000, '50,000 characters'),
    ('{"a": [1]}', 'line 1'),
])
def test_what_is_wrong_is_said_by_line_and_cell_and_nothing_is_lost(text, words):
    state = State()
    values, notice = tidy(state, {'points': text})
    assert values == {}
    assert notice.startswith('Your own points stay as they were: ')
    assert words in notice
    assert len(notice) < 150


def test_points_come_and_go_as_rows_as_a_table_and_in_an_address():
    state, rows = State(), [[0.25, -1, 0], [1, 2, 1]]
    assert tidy(state, {'points': rows}) == ({'points': rows}, None)
    assert tidy(state, {'points': table_of(rows)}) == ({'points': rows}, None)
    assert points_from(table_of(rows)) == rows
    address = query(State, {'points': rows})
    assert address == 'points=0.25,-1,0;1,2,1'
    assert read(State, {'points': address.partition('=')[2]}) == ({'points': rows}, None)
    for wrong in ('1,2;x', '1,2,0.5', '1,51,0', '1,2,3,4', '0,0,1;' * 5):
        assert 'could not be used' in read(State, {'points': wrong})[1]


def test_the_control_holds_the_table_and_escapes_it():
    kind, parameter = kind_of(State.param.points), State.param.points
    html = kind.control(parameter, 'points', [[0.5, 1, 1]])
    assert 'x,y,class\n0.5,1,1</textarea>' in html
    assert '1 point<' in html
    assert kind.set_to([]) == 'x,y,class'
