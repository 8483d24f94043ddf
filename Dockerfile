# The hub as a container. Build: docker build -t switchboard .   Run it with docker-compose.yml.
FROM node:24.21.0-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY console/package.json console/
COPY core/package.json core/
COPY crm/package.json crm/
COPY queue/package.json queue/
COPY sandbox/package.json sandbox/
COPY testing/package.json testing/
COPY tools/package.json tools/
COPY plugins plugins
# The database and the runtime are other images here: the packages that bring them need not run their install scripts.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

# The console's pages: what builds them stays behind.
FROM dependencies AS pages
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY console console
COPY core core
RUN node console/build/main.ts

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4400 LOG_FORMAT=json SANDBOX=off MALLOC_ARENA_MAX=2
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY package.json main.ts ./
COPY core core
COPY --from=dependencies /app/core/node_modules core/node_modules
COPY queue queue
# With the packages that npm put beside them.
COPY --from=dependencies /app/plugins plugins
COPY crm crm
COPY --from=pages /app/console/dist console/dist
USER node
EXPOSE 4400
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# all, web or worker
CMD ["node", "main.ts", "all"]
