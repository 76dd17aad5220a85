package org.syscope.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Bytes leave in order, whatever their portions; a reader that went away is told apart from other failures. */
class StandardOutputTest {

    @Test
    void bytesKeepTheirOrderAcrossTheBuffer() throws IOException {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        StandardOutput out = new StandardOutput(sink);
        for (int i = 0; i < 40; i++) {
            byte[] bytes = new byte[i * i * 400];
            java.util.Arrays.fill(bytes, (byte) i);
            out.write(bytes, 0, bytes.length);
            out.write(i);
            expected.write(bytes);
            expected.write(i);
        }
        assertThat(sink.size()).isLessThan(expected.size());
        out.flush();
        assertThat(sink.toByteArray()).isEqualTo(expected.toByteArray());
        assertThat(out.pending()).isZero();
    }

    private static StandardOutput failing(String message) {
        return new StandardOutput(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        });
    }

    @Test
    void aClosedReaderEndsItOnceAndTheRestIsDropped() throws IOException {
        StandardOutput out = failing("Broken pipe");
        out.write('a');
        assertThatThrownBy(out::flush).isInstanceOf(OutputClosedException.class);
        out.write('b');
        out.flush();
    }

    @Test
    void aFullDiskIsNamed() throws IOException {
        StandardOutput out = failing("No space left on device");
        out.write('a');
        assertThatThrownBy(out::flush).isInstanceOf(IOException.class).isNotInstanceOf(OutputClosedException.class)
                .hasMessage("cannot write to standard output: No space left on device");
    }
}
