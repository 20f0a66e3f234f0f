# The platform in one image: server, workers, migrations and every other command of `resume-review`.
#   docker build -t resume-review .
#   docker build -t resume-review --build-arg OCR= .     without reading scans, about 60 MB less
ARG PYTHON_IMAGE=python:3.11-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
SHELL ["/bin/bash", "-euo", "pipefail", "-c"]
WORKDIR /build
ENV UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never UV_COMPILE_BYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN pip install uv==0.13.8

# The dependencies in a layer of their own: they change less often than the code. Every file is checked against the lock.
COPY pyproject.toml uv.lock ./
RUN uv export --frozen --no-default-groups --no-emit-project --extra models --extra tracing --output-file requirements.txt > /dev/null \
    && uv venv /opt/resume-review \
    && uv pip install --no-cache --python /opt/resume-review --require-hashes --requirement requirements.txt

# Node, which builds the web interface, comes as a wheel and stays in this stage.
COPY . .
RUN uv build --no-cache --wheel --out-dir dist \
    && uv pip install --no-cache --python /opt/resume-review --no-deps dist/*.whl \
    && /opt/resume-review/bin/resume-review version

FROM ${PYTHON_IMAGE}
ARG OCR="tesseract-ocr tesseract-ocr-eng tesseract-ocr-jpn"
# Debian keeps only the newest build of a package, so a pinned one could not be installed a month later.
# hadolint ignore=DL3008,SC2086
RUN if [ -n "${OCR}" ]; then \
        apt-get update \
        && apt-get install --yes --no-install-recommends ${OCR} \
        && rm -rf /var/lib/apt/lists/*; \
    fi \
    && groupadd --gid 10001 resume-review \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/resume-review --shell /usr/sbin/nologin resume-review \
    && install --directory --owner 10001 --group 10001 --mode 0700 /var/lib/resume-review
COPY --from=build /opt/resume-review /opt/resume-review

LABEL org.opencontainers.image.title="Resume Review" org.opencontainers.image.licenses="MIT"
ENV PATH=/opt/resume-review/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    RESUME_REVIEW_HOST=0.0.0.0 RESUME_REVIEW_PORT=8000 RESUME_REVIEW_DATA_DIR=/var/lib/resume-review
# Numbers, so that Kubernetes can see that it is not root. The root file system may be read-only; /tmp may be memory.
USER 10001:10001
WORKDIR /var/lib/resume-review
VOLUME ["/var/lib/resume-review"]
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ['RESUME_REVIEW_PORT']}/health\", timeout=4)"]
ENTRYPOINT ["resume-review"]
CMD ["serve"]
