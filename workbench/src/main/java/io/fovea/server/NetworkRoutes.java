package io.fovea.server;

import io.fovea.network.NetworkJson;
import io.fovea.problem.Problem;
import io.fovea.resource.NetworkAnswers;
import io.fovea.workspace.Workspace;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Addresses of networks: the catalogue's, and the workspace's own, which can be kept and deleted. */
final class NetworkRoutes {

    /** The place of one's own networks in the workspace, for their owners. */
    private static final String NETWORKS = "networks";

    private final NetworkAnswers networks;

    NetworkRoutes(Workspace workspace) {
        networks = new NetworkAnswers(workspace);
    }

    void configure(JavalinConfig config) {
        var routes = config.routes;
        routes.get(
                "/api/networks",
                ctx -> Reply.json(ctx, Map.of("networks", networks.list(Optional.ofNullable(ctx.queryParam("data"))))));
        routes.get("/api/layers", ctx -> Reply.json(ctx, Map.of("kinds", NetworkJson.kinds())));
        routes.post("/api/networks/check", ctx -> Reply.json(ctx, networks.check(text(ctx))));
        routes.get(
                "/api/networks/{name}",
                ctx -> Reply.json(ctx, Refusal.orAbsent(() -> networks.show(ctx.pathParam("name")))));
        routes.put("/api/networks/{name}", ctx -> {
            String name = ctx.pathParam("name");
            boolean isNew = !networks.isOwn(name);
            if (!isNew) checkMayReplace(ctx, name);
            Reply.json(ctx, networks.keep(name, text(ctx)));
            if (isNew) Visitor.of(ctx).made(NETWORKS, name);
        });
        routes.delete("/api/networks/{name}", ctx -> {
            if (networks.isOwn(ctx.pathParam("name")))
                Visitor.of(ctx).checkMayChange(NETWORKS, "network", ctx.pathParam("name"));
            Refusal.orAbsent(() -> {
                networks.delete(ctx.pathParam("name"));
                return true;
            });
            Visitor.of(ctx).deleted(NETWORKS, ctx.pathParam("name"));
            Reply.json(ctx, Map.of("network", ctx.pathParam("name")));
        });
        routes.get(
                "/api/networks/{name}/beside/{other}",
                ctx -> Reply.json(
                        ctx, Refusal.orAbsent(() -> networks.compare(ctx.pathParam("name"), ctx.pathParam("other")))));
    }

    private static void checkMayReplace(Context ctx, String name) {
        Visitor.of(ctx).checkMayChange(NETWORKS, "network", name);
        if ("true".equals(ctx.queryParam("replace"))) return;
        throw new Refusal(
                409,
                new Problem(
                        "A network of your own is called \"" + name + "\" already.",
                        "network \"" + name + "\"",
                        "give this one another name, or say that it replaces the other (replace=true)"));
    }

    private static String text(Context ctx) {
        return new String(Body.text(ctx), StandardCharsets.UTF_8);
    }
}
