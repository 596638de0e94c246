# The course in a container: docker build -t nudge . && docker run -p 5006:5006 nudge   (README: Host it)
ARG PYTHON_IMAGE=python:3.13-slim-trixie

FROM ${PYTHON_IMAGE} AS build
COPY requirements.lock /
# The libraries, without what only their own developers need; compiled here, since the image is read-only when it runs.
RUN python -m venv --without-pip /venv \
    && python -m pip --python /venv/bin/python install --no-cache-dir --no-compile --disable-pip-version-check \
       --only-binary=:all: --require-hashes -r /requirements.lock \
    && find /venv/lib -type d -name tests -prune -exec rm -rf {} + \
    && find /venv/lib -name '*.map' -delete \
    && /venv/bin/python -m compileall -q --invalidation-mode unchecked-hash /venv/lib
COPY core /srv/core
COPY lessons /srv/lessons
COPY app /srv/app
COPY static /srv/static
RUN /venv/bin/python -m compileall -q --invalidation-mode unchecked-hash /srv

FROM ${PYTHON_IMAGE}
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp
COPY --from=build /venv /venv
COPY --from=build /srv /srv
WORKDIR /srv
USER 10001:10001
EXPOSE 5006
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-m", "app", "--health"]
CMD ["python", "-m", "app"]
