package org.syscope.capture.scap;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/**
 * The file under a writer, or standard output. It knows how far whole blocks are in it, and when a write fails cuts off
 * what came behind them, where the file is one that can be cut.
 */
final class CaptureFile implements AutoCloseable {

    private static final String STANDARD_OUTPUT = "-";

    private final String name;
    private final boolean standardOutput;
    private final boolean gzip;
    private final BackgroundIndexer indexer;
    private final Map<String, String> environment;
    private FileChannel channel;
    private boolean regular;
    private FollowedFile followed;
    private long safeBytes;
    private long safeEvents;

    /**
     * A file that is not there yet.
     *
     * @param name a path, or {@code -} for standard output
     * @param gzip whether compressed blocks are going to be written
     * @param indexer told about what is written, to make an index of it; null for none
     * @param environment where SUDO_UID and SUDO_GID are looked for
     */
    CaptureFile(String name, boolean gzip, BackgroundIndexer indexer, Map<String, String> environment) {
        this.name = name.equals(STANDARD_OUTPUT) ? "standard output" : name;
        this.standardOutput = name.equals(STANDARD_OUTPUT);
        this.gzip = gzip;
        this.indexer = indexer;
        this.environment = environment;
    }

    /**
     * Creates or empties the file: a new one can be read only by its owner, and belongs to the user behind sudo if there is
     * one and this process may give files away.
     */
    void open() throws IOException {
        if (standardOutput) {
            channel = new FileOutputStream(FileDescriptor.out).getChannel();
            return;
        }
        Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            throw new IOException(name + ": is a directory");
        }
        boolean fresh = !Files.exists(path);
        try {
            channel = FileChannel.open(path,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (AccessDeniedException e) {
            throw new IOException(name + ": no permission to write it", e);
        } catch (NoSuchFileException e) {
            throw new IOException(name + ": no such directory", e);
        } catch (FileSystemException e) {
            throw new IOException(name + ": " + (e.getReason() == null ? "cannot be written" : e.getReason()), e);
        }
        if (fresh) {
            giveAway(path, environment);
        }
        regular = Files.isRegularFile(path);
        if (regular) {
            CaptureIndex.delete(path);
        }
        followed = regular && indexer != null ? indexer.follow(path, gzip) : null;
    }

    /** Only root may give files away, and not on every file system: then the file stays root's, as it is made. */
    static void giveAway(Path path, Map<String, String> environment) {
        try {
            String uid = environment.get("SUDO_UID");
            String gid = environment.get("SUDO_GID");
            if (uid != null && gid != null) {
                Files.setAttribute(path, "unix:gid", Integer.parseUnsignedInt(gid));
                Files.setAttribute(path, "unix:uid", Integer.parseUnsignedInt(uid));
            }
        } catch (IOException | NumberFormatException e) {
            return;
        }
    }

    /** The file's name as the user gave it. */
    String name() {
        return name;
    }

    /** How many bytes are in the file. */
    long bytes() {
        return safeBytes;
    }

    /** How many events are in the file. */
    long events() {
        return safeEvents;
    }

    /**
     * Writes all that remains in {@code data}.
     *
     * @param events how many events are in it
     * @param blocks whether {@code data} are blocks, so that the ones written before a failure are safe; otherwise it is
     *     safe as a whole or not at all
     */
    void write(ByteBuffer data, long events, boolean blocks) throws CaptureWriteException {
        int start = data.position();
        int length = data.remaining();
        try {
            while (data.hasRemaining()) {
                channel.write(data);
            }
        } catch (IOException e) {
            if (blocks) {
                countSafe(data, start, data.position());
            }
            cut(e);
            if (followed != null) {
                followed.abandon();
            }
            throw new CaptureWriteException(name, e, disk(), safeBytes, safeEvents);
        }
        safeBytes += length;
        safeEvents += events;
        if (followed != null) {
            indexer.grown(followed, safeBytes, safeBytes - length);
        }
    }

    /** The file system that the file lies on, by its mount point; empty where there is none. */
    private String disk() {
        try {
            return regular ? Files.getFileStore(Path.of(name)).toString() : "";
        } catch (IOException e) {
            return "";
        }
    }

    private void countSafe(ByteBuffer data, int start, int end) {
        int at = start;
        while (at + ScapReader.BLOCK_HEADER <= end) {
            int length = data.getInt(at + 4);
            if (length > end - at) {
                break;
            }
            if (BlockType.isEvent(data.getInt(at))) {
                safeEvents++;
            }
            at += length;
        }
        safeBytes += at - start;
    }

    private void cut(IOException cause) {
        if (regular) {
            try {
                channel.truncate(safeBytes);
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }

    @Override
    public void close() throws CaptureWriteException {
        if (followed != null) {
            followed.complete();
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new CaptureWriteException(name, e, disk(), safeBytes, safeEvents);
        }
    }

    /** Closes it after a failure, if it was opened: what goes wrong now is not told. */
    void abandon() {
        if (followed != null) {
            followed.complete();
        }
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            return;
        }
    }
}
