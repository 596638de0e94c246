"""`python -m tests.helpers.course_with_walks`: the course with one more lesson, whose runs are jobs that do what a test wants."""
import lessons
from app import lesson_format, widgets
from tests.helpers import slow_walk


def add_the_lesson():
    """Only in a process of its own: who collects the tests imports this too, and has no such lesson."""
    read = lesson_format.read_lesson
    lesson_format.read_lesson = lambda slug: slow_walk.LESSON if slug == slow_walk.LESSON.slug else read(slug)
    for course in (lessons.COURSE, lessons.WRITTEN):
        course.append(slow_walk.LESSON.slug)
    widgets.WIDGETS['slow-walk'] = slow_walk


if __name__ == '__main__':
    add_the_lesson()
    from app.server.main import main
    main()
