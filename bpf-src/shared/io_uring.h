/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Operations of io_uring, which are no system calls of their own: one event when an operation ends, with what was noted
 * at its submission. There is no event type for them: a generic event of io_uring_enter carries them in an option. The
 * submitter is the event's thread, whoever completes the operation. Kernels before 5.18 do not give the request to these
 * tracepoints.
 */
#ifndef SYSCOPE_IO_URING_H
#define SYSCOPE_IO_URING_H

#include "event_writer.h"
#include "tables.h"
#include "task.h"

#define IORING_OP_READV 1
#define IORING_OP_WRITEV 2
#define IORING_OP_READ_FIXED 4
#define IORING_OP_WRITE_FIXED 5
#define IORING_OP_SENDMSG 9
#define IORING_OP_RECVMSG 10
#define IORING_OP_READ 22
#define IORING_OP_WRITE 23
#define IORING_OP_SEND 26
#define IORING_OP_RECV 27

#define IORING_OP_ACCEPT 13
#define IORING_OP_OPENAT 18
#define IORING_OP_CLOSE 19
#define IORING_OP_OPENAT2 28
#define IORING_OP_SOCKET 45
#define IORING_OP_FIXED_FD_INSTALL 54

/* Bit n: operation n works on a file, whose descriptor the request then holds. */
#define OPERATIONS_WITH_FILE                                                                                          \
	(1ULL << 1 | 1ULL << 2 | 1ULL << 3 | 1ULL << 4 | 1ULL << 5 | 1ULL << 6 | 1ULL << 8 | 1ULL << 9 | 1ULL << 10 | \
	 1ULL << 13 | 1ULL << 16 | 1ULL << 17 | 1ULL << 22 | 1ULL << 23 | 1ULL << 24 | 1ULL << 26 | 1ULL << 27 |       \
	 1ULL << 30 | 1ULL << 33 | 1ULL << 34 | 1ULL << 40 | 1ULL << 41 | 1ULL << 43 | 1ULL << 46 | 1ULL << 47 |       \
	 1ULL << 48 | 1ULL << 49 | 1ULL << 54 | 1ULL << 55 | 1ULL << 56 | 1ULL << 57 | 1ULL << 58 | 1ULL << 59 |       \
	 1ULL << 60 | 1ULL << 61)

/* Bit n: operation n opens or closes a descriptor. */
#define OPERATIONS_THAT_OPEN                                                                                           \
	(1ULL << IORING_OP_ACCEPT | 1ULL << IORING_OP_OPENAT | 1ULL << IORING_OP_CLOSE | 1ULL << IORING_OP_OPENAT2 |   \
	 1ULL << IORING_OP_SOCKET | 1ULL << IORING_OP_FIXED_FD_INSTALL)

#define REQUEST_FIXED_FILE 1
#define IO_URING_ENTER_NUMBER 426	/* on both architectures */

/* Which of the ring's registered files a request makes or closes, counted from 1; 0 for none. Since 5.15. */
#define FILE_SLOT(type, request)                                               \
	({                                                                     \
		type *__of = (void *)(request);                                \
		FIELD_EXISTS(type, file_slot) ? READ(__of, file_slot) : 0; \
	})

/* io_uring_submit_req, before 6.4 io_uring_submit_sqe */
static __always_inline int request_submitted(struct io_kiocb *kernel_request)
{
	struct syscope_settings *set = settings_get();
	u64 ids = current_ids();
	u64 key = (u64)kernel_request;
	struct operation request = {0};
	u32 interest, slot;

	if (!HAS_REQUESTS || !set)
		return 0;
	interest = set->interest[PPM_SC_IO_URING_ENTER];
	if (!(interest & (SYSCOPE_INTEREST_EXIT | SYSCOPE_INTEREST_OPENS)) || !wanted(set, ids))
		return 0;
	request.opcode = READ(kernel_request, opcode);
	if (!(interest & SYSCOPE_INTEREST_EXIT) && !(OPERATIONS_THAT_OPEN >> (request.opcode & 63) & 1))
		return 0;
	request.submit_ts = wall_ns(set);
	request.tid = ids;
	request.flags = READ(kernel_request, flags) & REQUEST_FIXED_FILE ? SYSCOPE_IO_URING_FIXED_FILE : 0;
	request.fd = OPERATIONS_WITH_FILE >> (request.opcode & 63) & 1 ? READ(kernel_request, cqe.fd) : -1;
	switch (request.opcode) {
	case IORING_OP_READV:
	case IORING_OP_WRITEV:
	case IORING_OP_READ_FIXED:
	case IORING_OP_WRITE_FIXED:
	case IORING_OP_READ:
	case IORING_OP_WRITE:
		if (TYPE_EXISTS(struct io_rw)) {
			struct io_rw *rw = (void *)kernel_request;

			request.offset = READ(rw, kiocb.ki_pos);
			request.length = READ(rw, len);
		}
		break;
	case IORING_OP_CLOSE:
		if (TYPE_EXISTS(struct io_close)) {
			struct io_close *close = (void *)kernel_request;

			request.fd = READ(close, fd);
			slot = FILE_SLOT(struct io_close, kernel_request);
			if (slot) {
				request.fd = slot - 1;
				request.flags |= SYSCOPE_IO_URING_FIXED_FILE;
			}
		}
		break;
	case IORING_OP_OPENAT:
	case IORING_OP_OPENAT2:
		if (FILE_SLOT(struct io_open, kernel_request))
			request.flags |= SYSCOPE_IO_URING_FIXED_RESULT;
		break;
	case IORING_OP_ACCEPT:
		if (FILE_SLOT(struct io_accept, kernel_request))
			request.flags |= SYSCOPE_IO_URING_FIXED_RESULT;
		break;
	case IORING_OP_SOCKET:
		if (FILE_SLOT(struct io_socket, kernel_request))
			request.flags |= SYSCOPE_IO_URING_FIXED_RESULT;
		break;
	case IORING_OP_SENDMSG:
	case IORING_OP_RECVMSG:
	case IORING_OP_SEND:
	case IORING_OP_RECV:
		if (TYPE_EXISTS(struct io_sr_msg)) {
			struct io_sr_msg *message = (void *)kernel_request;

			request.length = READ(message, len);
		}
		break;
	}
	if (operation_put(key, &request)) {
		struct syscope_cpu *c = cpu_get(current_cpu());

		if (c) {
			c->seen++;
			c->unnoted++;
			note_loss(c, PPME_GENERIC_X, request.submit_ts);
		}
	}
	return 0;
}

#define OPERATION_EVENT_SIZE 34
#define OPERATION_RECORD_SIZE (36 + 4 + sizeof(struct syscope_io_uring) + 12)

/* io_uring_complete */
static __always_inline int request_completed(ctx_t ctx, struct io_kiocb *kernel_request)
{
	struct syscope_settings *set = settings_get();
	u64 key = (u64)kernel_request;
	struct operation *request;
	u8 *event, *to;

	if (!HAS_REQUESTS || !set || !kernel_request)
		return 0;
	request = operation_find(key);
	if (!request)
		return 0;
	event = fixed_begin(ctx, set, current_cpu(), OPERATION_RECORD_SIZE, OPERATION_EVENT_SIZE, PPME_GENERIC_X,
			    2, request->tid);
	if (event) {
		*(u32 *)(event + 26) = 2 | 2 << 16;
		*(u16 *)(event + 30) = PPM_SC_IO_URING_ENTER;
		*(u16 *)(event + 32) = IO_URING_ENTER_NUMBER;
		*(u16 *)(event + 34) = 0;
		*(u32 *)(event + 36) = SYSCOPE_TAG_IO_URING | sizeof(struct syscope_io_uring) << 16;
		to = event + 40;
		*(s64 *)to = READ(kernel_request, cqe.res);
		*(u64 *)(to + 8) = request->offset;
		*(u64 *)(to + 16) = READ(kernel_request, cqe.user_data);
		*(s32 *)(to + 24) = request->fd;
		*(u32 *)(to + 28) = request->length;
		*(u64 *)(to + 32) = request->opcode | request->flags << 8;
		to += sizeof(struct syscope_io_uring);
		*(u32 *)to = SYSCOPE_TAG_LATENCY | 8 << 16;
		*(u64 *)(to + 4) = *(u64 *)event - request->submit_ts;
		fixed_end(ctx, set, event, OPERATION_RECORD_SIZE);
	}
	operation_forget(key);
	return 0;
}

#endif
