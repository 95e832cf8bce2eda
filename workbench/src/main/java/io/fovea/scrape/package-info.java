/**
 * How a running prediction server stands, read from what it tells Prometheus.
 *
 * <p>Main types: {@link io.fovea.scrape.ServerAnswers} (asks), {@link io.fovea.scrape.Metrics} (the text, read).
 *
 * <p>Flow: an address → the server's list of models and its metrics, fetched within limits → samples → JSON: counts since the server's start, from which
 * whoever asks twice reckons what happened between.
 */
package io.fovea.scrape;
