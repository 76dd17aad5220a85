package org.syscope.capture.driver;

/**
 * What muting has spared: see {@link Driver#mute}.
 *
 * @param threads how many threads are muted now
 * @param calls how many calls of muted threads were left out, those that are in no count of events
 */
public record Muting(int threads, long calls) {
}
