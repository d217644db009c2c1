FROM node:24-bookworm-slim AS build
WORKDIR /hub
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-bookworm-slim
WORKDIR /hub
ENV NODE_ENV=production
COPY --from=build /hub/package.json ./
COPY --from=build /hub/node_modules node_modules
# With it persisted-documents.json: what a browser may ask.
COPY --from=build /hub/dist dist
COPY --from=build /hub/web/build web/build
COPY --from=build /hub/migrations migrations
COPY --from=build /hub/seeds seeds
RUN mkdir /data && chown node:node /data
USER node
EXPOSE 4000
CMD ["node", "dist/main.js"]
