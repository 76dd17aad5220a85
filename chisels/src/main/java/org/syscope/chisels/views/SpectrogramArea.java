package org.syscope.chisels.views;

/**
 * A part of a spectrogram.
 *
 * @param from ns since the epoch
 * @param to ns since the epoch, excluded
 * @param low latency, ns
 * @param high latency, ns, excluded
 */
public record SpectrogramArea(long from, long to, long low, long high) {

    /** The filter for the events in it. */
    public String filter() {
        return "evt.rawtime>=" + from + " and evt.rawtime<" + to + " and evt.latency>=" + low + " and evt.latency<" + high;
    }
}
