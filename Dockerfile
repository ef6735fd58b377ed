# The command in a small image: it runs as nobody in particular and needs no network.
#   docker build -t kpr-validator .
#   docker run --rm --network none --read-only -v "$PWD:/data:ro" kpr-validator check submission.xml
FROM python:3.13-slim AS build
COPY requirements.lock pyproject.toml README.md LICENSE /source/
COPY kpr_validator /source/kpr_validator
COPY schemas /source/schemas
COPY rules /source/rules
COPY tools/extension.py /source/tools/
RUN python -m venv /opt/kpr-validator \
 && /opt/kpr-validator/bin/pip install --no-cache-dir --require-hashes -r /source/requirements.lock \
 && /opt/kpr-validator/bin/pip install --no-cache-dir --no-deps --no-build-isolation /source

FROM python:3.13-slim
COPY --from=build /opt/kpr-validator /opt/kpr-validator
RUN useradd --system --no-create-home --uid 10001 kpr
USER 10001
ENV PATH=/opt/kpr-validator/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /data
ENTRYPOINT ["kpr-validator"]
CMD ["--help"]
