package io.fovea.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Whoever waits for an answer")
class ExchangeTest {

    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<Void> answerNow = new CompletableFuture<>();
    private final CompletableFuture<Boolean> gone = new CompletableFuture<>();
    private final Server server = new Server(0);

    @BeforeEach
    void a_server_looks_after_its_caller_until_it_may_answer() throws Exception {
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                try (Exchange exchange = new Exchange(request, response, callback, new Bodies())) {
                    exchange.body();
                    begun.complete(null);
                    while (!answerNow.isDone() && !exchange.isGone()) Thread.onSpinWait();
                    gone.complete(!answerNow.isDone());
                    if (answerNow.isDone()) exchange.json("done");
                    else exchange.abandon();
                    return true;
                }
            }
        });
        server.start();
    }

    @AfterEach
    void ends() throws Exception {
        answerNow.complete(null);
        server.stop();
    }

    private Socket asked(String body) throws IOException {
        Socket socket = new Socket("127.0.0.1", ((ServerConnector) server.getConnectors()[0]).getLocalPort());
        socket.getOutputStream()
                .write(("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void is_seen_to_have_gone_when_it_closes_its_connection() throws IOException {
        Socket socket = asked("abc");
        begun.join();
        socket.close();
        assertThat(gone.join()).isTrue();
    }

    @Test
    void is_answered_if_it_stays() throws IOException {
        try (Socket socket = asked("abc")) {
            begun.join();
            answerNow.complete(null);
            assertThat(gone.join()).isFalse();
            byte[] answer = socket.getInputStream().readNBytes(12);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
        }
    }

    @Test
    void loses_the_connection_but_not_the_answer_if_it_sent_more_ahead() throws IOException {
        try (Socket socket = asked("abcPOST / HTTP/1.1\r\n")) {
            begun.join();
            answerNow.complete(null);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 200");
        }
    }
}
