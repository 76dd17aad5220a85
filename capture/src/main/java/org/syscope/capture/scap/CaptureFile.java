package org.syscope.capture.scap;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
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

    private final String name;
    private final FileChannel channel;
    private final boolean regular;
    private final BackgroundIndexer indexer;
    private final FollowedFile followed;
    private long safeBytes;
    private long safeEvents;
    private CaptureWriteException failure;

    private CaptureFile(String name, FileChannel channel, boolean regular, BackgroundIndexer indexer, FollowedFile followed) {
        this.name = name;
        this.channel = channel;
        this.regular = regular;
        this.indexer = indexer;
        this.followed = followed;
    }

    /**
     * Creates or empties a file: a new one can be read only by its owner, and belongs to the user behind sudo if there is
     * one and this process may give files away.
     *
     * @param name a path, or {@code -} for standard output
     * @param gzip whether compressed blocks are going to be written
     * @param indexer told about what is written, to make an index of it; null for none
     * @param environment where SUDO_UID and SUDO_GID are looked for
     */
    static CaptureFile create(String name, boolean gzip, BackgroundIndexer indexer, Map<String, String> environment)
            throws IOException {
        if (name.equals("-")) {
            return new CaptureFile("standard output", new FileOutputStream(FileDescriptor.out).getChannel(), false, null, null);
        }
        Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            throw new IOException(name + ": is a directory");
        }
        boolean fresh = !Files.exists(path);
        FileChannel channel;
        try {
            channel = FileChannel.open(path,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (AccessDeniedException e) {
            throw new IOException(name + ": no permission to write it", e);
        } catch (NoSuchFileException e) {
            throw new IOException(name + ": no such directory", e);
        } catch (IOException e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        }
        if (fresh) {
            giveAway(path, environment);
        }
        boolean regular = Files.isRegularFile(path);
        if (regular) {
            CaptureIndex.delete(path);
        }
        FollowedFile followed = regular && indexer != null ? indexer.follow(path, gzip) : null;
        return new CaptureFile(name, channel, regular, indexer, followed);
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

    /** Whether a write failed. */
    boolean failed() {
        return failure != null;
    }

    /** Tells again of a write that failed. */
    void check() throws CaptureWriteException {
        if (failure != null) {
            throw new CaptureWriteException(name, (IOException) failure.getCause(), disk(), safeBytes, safeEvents);
        }
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
    void write(ByteBuffer data, long events, boolean blocks) throws IOException {
        check();
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
            failure = new CaptureWriteException(name, e, disk(), safeBytes, safeEvents);
            throw failure;
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
    public void close() throws IOException {
        if (followed != null) {
            followed.complete();
        }
        try {
            channel.close();
        } catch (IOException e) {
            if (failure == null) {
                throw new CaptureWriteException(name, e, disk(), safeBytes, safeEvents);
            }
        }
    }
}
