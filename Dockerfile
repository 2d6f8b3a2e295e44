# Widget → wheel → one slim image that runs as a user without rights.

FROM node:24-slim AS widget
WORKDIR /apropos/widget
COPY widget/package.json widget/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY docs/openapi.json ../docs/
COPY widget/ ./
RUN npm run build

FROM python:3.13-slim AS wheel
WORKDIR /apropos
COPY requirements/ requirements/
RUN python -m venv /opt/apropos \
 && /opt/apropos/bin/pip install --no-cache-dir --require-hashes -r requirements/service.txt \
 && pip install --no-cache-dir --require-hashes -r requirements/build.txt
COPY pyproject.toml README.md ./
COPY tools/widget_in_wheel.py tools/compressed.py tools/
COPY service/ service/
COPY --from=widget /apropos/widget/dist/ widget/dist/
RUN python tools/compressed.py widget/dist \
 && hatchling build -t wheel \
 && /opt/apropos/bin/pip install --no-cache-dir --no-deps dist/*.whl

FROM python:3.13-slim
RUN useradd --system --uid 10001 --create-home --home-dir /data apropos
COPY --from=wheel /opt/apropos /opt/apropos
ENV PATH=/opt/apropos/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    APROPOS_HOST=0.0.0.0 \
    APROPOS_PORT=8080 \
    APROPOS_DATA_DIR=/data
USER apropos
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"APROPOS_PORT\"]}/healthz', timeout=2)"]
ENTRYPOINT ["apropos"]
CMD ["serve"]
