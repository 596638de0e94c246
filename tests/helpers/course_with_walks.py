"""`python -m tests.helpers.course_with_walks`: the course with one more lesson, whose runs are jobs that do what a test wants."""
import lessons
from app import lesson_format, widgets
from tests.helpers import slow_walk

read = lesson_format.read_lesson
lesson_format.read_lesson = lambda slug: slow_walk.LESSON if slug == slow_walk.LESSON.slug else read(slug)
for course in (lessons.COURSE, lessons.WRITTEN):
    course.append(slow_walk.LESSON.slug)
widgets.WIDGETS['slow-walk'] = slow_walk

if __name__ == '__main__':
    from app.server.main import main
    main()
