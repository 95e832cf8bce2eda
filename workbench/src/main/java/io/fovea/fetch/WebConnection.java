package io.fovea.fetch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A connection to an address that was looked at; certificates are checked for the host's name. */
final class WebConnection implements AutoCloseable {

    private static final int MILLISECONDS_TO_CONNECT = 5_000;
    private static final int MILLISECONDS_OF_SILENCE = 10_000;

    private final Socket socket;
    private final InputStream in;

    private WebConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * Connects to the first address that answers.
     *
     * @param addresses of the host, each allowed
     */
    static WebConnection open(URI place, InetAddress[] addresses) throws IOException {
        boolean isSecure = place.getScheme().equalsIgnoreCase("https");
        int port = place.getPort() > 0 ? place.getPort() : isSecure ? 443 : 80;
        IOException failure = new IOException("it has no address");
        for (InetAddress address : addresses) {
            Socket socket = new Socket(java.net.Proxy.NO_PROXY);
            try {
                socket.connect(new InetSocketAddress(address, port), MILLISECONDS_TO_CONNECT);
                socket.setSoTimeout(MILLISECONDS_OF_SILENCE);
                return new WebConnection(isSecure ? secured(socket, place.getHost(), port) : socket);
            } catch (IOException unreachable) {
                socket.close();
                failure = unreachable;
            }
        }
        throw failure;
    }

    private static Socket secured(Socket socket, String host, int port) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket secured = (SSLSocket) factory.createSocket(socket, host, port, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    InputStream in() {
        return in;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException harmless) {
            // it was only read
        }
    }
}
