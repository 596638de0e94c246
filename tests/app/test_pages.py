"""Pages hold everything that is needed to read them, and nothing that a strict browser would refuse."""
import gzip
import json
import os
import re
import shutil
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

import lessons
from app import pages, parameters
from app.lesson_format import read_lesson
from app.server.assets import Assets

STATIC = Path(__file__).parents[2] / 'static'
LIGHT = {'inside-a-network': 67_000}      # bytes of a page where it is not 60,000: eight pictures of one network
VOID = {'meta', 'link', 'base', 'br', 'hr', 'input', 'wbr'}


class Outline(HTMLParser):
    """Every element of a page with its attributes; complains about tags that do not match."""

    def __init__(self, html):
        super().__init__()
        self.found, self.open = [], []
        self.feed(html)
        assert not self.open, f'never closed: {self.open}'

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def all(self, tag):
        return [attrs for name, attrs in self.found if name == tag]


@pytest.fixture(autouse=True)
def assets(monkeypatch):
    monkeypatch.setattr(pages, '_assets', '/assets/now')


NAMES = ['home', 'missing', 'embed-missing', *lessons.WRITTEN, *(f'embed/{slug}' for slug in lessons.WRITTEN),
         *(f'embed/{slug}/first' for slug in lessons.WRITTEN)]


@cache
def html_of(name):
    if name in ('home', 'missing', 'embed-missing'):
        return pages.render_home() if name == 'home' else pages.render_missing('/embed/los' if 'embed' in name else '/los')
    embed, slug, first = re.fullmatch(r'(embed/)?([\w-]+)(/first)?', name).groups()
    lesson = read_lesson(slug)
    return pages.render_lesson(lesson, embed=bool(embed), only=lesson.placements[0].name if first else None)


def test_a_teacher_reads_which_numbers_of_an_address_are_powers_of_ten():
    """Who writes temperature=1 and means 1 would get 10."""
    for slug, name in (('inside-a-network', 'temperature'), ('derivative', 'nudge'), ('autograd', 'nudge')):
        assert re.search(rf'<code>{name}=</code></th><td>[^<]* as a power of ten</td>', html_of(slug))


@pytest.fixture(params=NAMES)
def outline(request):
    return Outline(html_of(request.param))


def test_every_page_is_well_formed_and_says_what_it_is(outline):
    assert outline.all('html') == [{'lang': 'en'}]
    assert outline.all('title')
    assert any(meta.get('name') == 'description' and meta['content'] for meta in outline.all('meta'))
    assert any(meta.get('name') == 'viewport' for meta in outline.all('meta'))


def test_no_page_carries_a_script_or_a_handler_of_its_own(outline):
    for script in outline.all('script'):
        assert 'src' in script or script['type'] in ('application/json', 'application/octet-stream')
    assert not [name for _, attrs in outline.found for name in attrs if name.startswith('on')]
    assert not [attrs for _, attrs in outline.found if 'style' in attrs]


def test_nothing_is_fetched_from_elsewhere_and_every_file_exists(outline):
    fetched = [attrs['src'] for tag in ('script', 'img') for attrs in outline.all(tag) if 'src' in attrs]
    fetched += [link['href'] for link in outline.all('link')]
    fetched += [meta['content'] for meta in outline.all('meta') if meta.get('property') == 'og:image']
    for address in fetched:
        assert address.startswith('/assets/now/')
        assert (STATIC / address.removeprefix('/assets/now/')).is_file(), address


def test_ids_on_a_page_are_unique(outline):
    ids = [attrs['id'] for _, attrs in outline.found if 'id' in attrs]
    assert len(ids) == len(set(ids))


def test_no_place_for_a_live_number_is_left_empty():
    for name in NAMES:
        assert not re.search(r'data-value="[^"]*"[^>]*></', html_of(name)), name


@pytest.mark.parametrize('slug', lessons.WRITTEN)
def test_a_lesson_is_light_before_a_widget_is_used_and_when_the_first_comes_near(slug):
    html = html_of(slug)
    fetched = set(re.findall(r'(?:src|href)="/assets/now/([\w./-]+)"', html))
    assert {'waking.js', 'tokens.css', pages.FONT} <= fetched and 'live.js' not in fetched
    files = Assets(libraries={}).files
    sizes = {name: len(gzip.compress(files[name])) for name in fetched}
    sizes['html'] = len(gzip.compress(html.encode()))
    assert sum(sizes.values()) <= LIGHT.get(slug, 60_000), sizes
    first = re.search(r'<figure class="widget.*?</figure>', html, re.S)[0]         # what others need waits until they come near
    near = {'live.js': True, 'player.js': 'data-player' in first, 'mesh.js': '<g class="mesh ' in first}
    sizes |= {name: len(gzip.compress(files[name])) for name, asked in near.items() if asked}
    assert sum(sizes.values()) <= 90_000, sizes


def test_a_page_shows_the_numbers_of_its_address_and_hands_them_to_the_browser():
    lesson = read_lesson('models')
    values = parameters.defaults(lesson.state_class) | {'slope': 123.0}
    html = pages.render_lesson(lesson, values)
    assert '<output data-value="slope:,.0f" aria-live="off">123</output>' in html
    data = json.loads(re.search(r'id="page-data">(.*?)</script>', html)[1])
    assert data['params']['slope'] == 123
    assert data['defaults']['slope'] == 200
    assert 'src="<span data-src>/embed/models?slope=123</span>"' in html


def test_large_values_are_named():
    data = pages.page_data(read_lesson('loss').state_class())
    assert data['large'] == ['tries']


def test_what_no_link_holds_is_named_so_that_links_leave_it():
    data = pages.page_data(read_lesson('perceptron').state_class())
    assert data['stays'] == ['bins']


def test_a_page_knows_where_its_session_is():
    lesson = read_lesson('loss')
    name = lesson.placements[0].name
    for html, live in ((pages.render_lesson(lesson), '/live/loss'),
                       (pages.render_lesson(lesson, embed=True), '/live/embed/loss'),
                       (pages.render_lesson(lesson, embed=True, only=name), f'/live/embed/loss/{name}')):
        assert Outline(html).all('body')[0]['data-live'] == live
        assert Outline(html).all('body')[0]['data-assets'] == '/assets/now'


def test_one_widget_alone_is_only_that_widget():
    lesson = read_lesson('loss')
    first, second = lesson.placements[:2]
    html = pages.render_lesson(lesson, embed=True, only=first.name)
    assert f'id="{first.name}"' in html
    assert f'id="{second.name}"' not in html
    assert '<h1>' not in html
    with pytest.raises(KeyError):
        pages.render_lesson(lesson, embed=True, only='nothing')


def test_a_lesson_leads_to_its_neighbours_and_says_how_far_one_is():
    first, last = (Outline(html_of(slug)) for slug in (lessons.WRITTEN[0], lessons.WRITTEN[-1]))
    assert {'rel': 'next', 'href': f'/{lessons.WRITTEN[1]}'} in first.all('a')
    assert {'rel': 'prev', 'href': f'/{lessons.WRITTEN[-2]}'} in last.all('a')
    assert f'Lesson 1 of {len(lessons.COURSE)}' in html_of(lessons.WRITTEN[0])


def test_a_notice_is_shown_as_text():
    html = pages.render_lesson(read_lesson('models'), notice='Not <that>.')
    assert 'Not &lt;that&gt;.' in html


def test_the_home_page_begins_with_the_first_lesson_and_lists_all_in_order():
    home = Outline(html_of('home'))
    assert [attrs['href'] for attrs in home.all('a') if 'data-begin' in attrs] == [f'/{lessons.WRITTEN[0]}']
    assert [attrs['data-lesson'] for attrs in home.all('li')] == lessons.WRITTEN
    places = [lessons.COURSE.index(slug) for slug in lessons.PARTS]
    assert places == sorted(places) and places[0] == 0
    headings = [html_of('home').index(f'<h3>{name}</h3>') for name in lessons.PARTS.values()]
    assert headings == sorted(headings)
    assert 'role="slider"' not in html_of('home').partition('<div inert>')[0]


def test_a_missing_page_helps():
    assert 'Perhaps you meant: <a href="/loss">How wrong is a line?</a></p>' in pages.render_missing('/los')
    if len(lessons.WRITTEN) < len(lessons.COURSE):
        assert 'is planned' in pages.render_missing('/' + next(s for s in lessons.COURSE if s not in lessons.WRITTEN))
    name = read_lesson('loss').placements[0].name
    assert f'href="/embed/loss/{name}"' in pages.render_missing('/embed/loss/no-such')
    assert 'Nothing here' in pages.render_missing('/wp-login.php')
    assert '<b>' not in pages.render_missing('/<b>x')


def test_a_missing_embed_is_short_and_opens_its_links_elsewhere():
    html = html_of('embed-missing')
    assert 'Perhaps you meant: <a href="/loss">' in html
    assert Outline(html).all('base') == [{'target': '_blank'}]
    assert '/assets/now/frame.js' in html and 'id="root"' in html
    assert 'class="contents"' not in html and '<base' not in html_of('missing')


def test_the_home_page_has_a_picture_with_squares_and_nothing_to_take_hold_of():
    picture = html_of('home').partition('<div inert>')[2].partition('</div>')[0]
    assert 'class="squares' in picture
    assert 'role="slider"' not in picture and 'class="hit"' not in picture
    assert 'has forgotten school mathematics' in html_of('home')


def test_templates_that_change_under_a_running_server_wait_for_the_next(tmp_path):
    folder = shutil.copytree(Path(pages.__file__).parent / 'templates', tmp_path / 'templates')
    environment = pages.templates(folder)
    for file in folder.iterdir():
        file.write_text('{% broken')
        os.utime(file, (1, 1))
        assert environment.get_template(file.name).root_render_func, 'as it was when the server began'


def test_teachers_are_told_every_parameter_with_its_range_and_every_option():
    html = html_of('loss')
    part = html.partition('<details class="share">')[2].partition('</details>')[0]
    assert '<code>slope=</code></th><td>Slope: -200 to 500 $/ft²</td>' in part
    assert '<code>revealed=</code></th><td>Show the whole curve: 0 or 1</td>' in part
    assert '<code>tries=</code>' not in part
    for option in ('theme', 'background', 'height', 'hide'):
        assert f'<code>{option}=</code>' in part
    assert part.count('&lt;iframe') == part.count('&lt;script defer') == 1
    for placement in read_lesson('loss').placements:
        assert f'<code>{placement.name}</code>' in part.partition('<p data-plain>')[2]


def test_what_can_be_left_out_has_the_same_names_everywhere():
    script, sheet = ((STATIC / name).read_text('utf-8') for name in ('theme.js', 'book.css'))
    assert set(re.search(r'\\b\((.*?)\)\\b', script)[1].split('|')) == set(pages.PARTS)
    assert set(re.findall(r"\[data-hide~='(\w+)'\]", sheet)) == set(pages.PARTS)
    choices = re.search(r'const HIDE = \{(.*?)\}', (STATIC / 'share.js').read_text('utf-8'))[1]
    assert set(re.findall(r'(\w+): ', choices)) == set(pages.PARTS)


def test_data_in_a_page_cannot_end_its_script():
    assert '</' not in pages._json({'a': '</script><b>'})


# ---- colours

def colours():
    """The named colours of tokens.css: {name: (light, dark)}."""
    text = (STATIC / 'tokens.css').read_text('utf-8').partition('@supports')[0]
    return {name: pair for name, *pair in re.findall(r'--([\w-]+): light-dark\((#\w+), (#\w+)\)', text)}


def luminance(colour):
    digits = colour.lstrip('#')
    digits = digits if len(digits) == 6 else ''.join(digit * 2 for digit in digits)
    parts = [int(digits[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= .04045 else ((part + .055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((.2126, .7152, .0722), linear, strict=True))


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + .05) / (low + .05)


@pytest.mark.parametrize('theme', [0, 1], ids=['light', 'dark'])
def test_words_and_marks_stand_out_on_both_papers(theme):
    shades = {name: pair[theme] for name, pair in colours().items()}
    for name in ('text', 'quiet', 'accent', *(name for name in shades if name.endswith('-words'))):
        for paper in ('paper', 'raised', 'sunk'):
            assert contrast(shades[name], shades[paper]) >= 4.5, (name, paper)
    for name in ('data', 'model', 'loss', 'gradient', 'step', 'hidden', 'edge'):
        assert contrast(shades[name], shades['paper']) >= 3, name


def test_old_browsers_get_the_light_colours():
    fallback = (STATIC / 'tokens.css').read_text('utf-8').partition('@supports')[2].partition('}')[0]
    written = dict(re.findall(r'--([\w-]+): (#\w+)', fallback))
    assert {name: light for name, (light, _) in colours().items()} == {
        name: '#ffffff' if colour == '#fff' else colour for name, colour in written.items()}
