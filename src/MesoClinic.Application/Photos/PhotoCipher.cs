using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MesoClinic.Application.Photos;

/// <summary>
/// A picture's file: AES-256-GCM in pieces of 64 KiB, under a key that no other file has. Each piece is bound to its photo, its place and whether it is the last, so that a file that was
/// cut, reordered or swapped with another is noticed.
/// </summary>
internal static class PhotoCipher
{
    private const int Piece = 64 * 1024;
    private const int Tag = 16;
    private static readonly byte[] Magic = "MCP1"u8.ToArray();

    /// <summary>Decrypts a file into the target. A damaged file breaks off with a <see cref="CryptographicException"/>.</summary>
    public static async Task OpenAsync(Stream file, byte[] key, Guid photo, Stream target, CancellationToken token)
    {
        var magic = new byte[Magic.Length];
        if (await file.ReadAtLeastAsync(magic, magic.Length, throwOnEndOfStream: false, token) != magic.Length || !magic.AsSpan().SequenceEqual(Magic))
        {
            throw new CryptographicException("This is no photo of the clinic.");
        }

        using var aes = new AesGcm(key, Tag);
        var (sealedPiece, plain) = (new byte[Piece + Tag], new byte[Piece]);
        var left = file.Length - Magic.Length;
        for (uint number = 0; ; number++)
        {
            var size = (int)Math.Min(left, sealedPiece.Length);
            if (size < Tag)
            {
                throw new CryptographicException("The photo's file is cut off.");
            }

            await file.ReadExactlyAsync(sealedPiece.AsMemory(0, size), token);
            left -= size;
            var text = plain.AsMemory(0, size - Tag);
            aes.Decrypt(Nonce(number), sealedPiece.AsSpan(0, size - Tag), sealedPiece.AsSpan(size - Tag, Tag), text.Span, Bound(photo, left == 0));
            await target.WriteAsync(text, token);
            if (left == 0)
            {
                return;
            }
        }
    }

    private static byte[] Nonce(uint number)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(nonce.AsSpan(8), number);
        return nonce;
    }

    private static byte[] Bound(Guid photo, bool last) => [.. photo.ToByteArray(bigEndian: true), (byte)(last ? 1 : 0)];

    /// <summary>Encrypts what is written into it, and takes its size and hash on the way.</summary>
    public sealed class Writer(Stream file, byte[] key, Guid photo) : Stream
    {
        private readonly AesGcm aes = new(key, Tag);
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly byte[] piece = new byte[Piece];
        private int filled;
        private uint number;

        public long Bytes { get; private set; }

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => Bytes;
        public override long Position { get => Bytes; set => throw new NotSupportedException(); }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            hash.AppendData(buffer.Span);
            Bytes += buffer.Length;
            while (!buffer.IsEmpty)
            {
                if (filled == Piece)
                {
                    await SealAsync(last: false, cancellationToken);
                }

                var part = Math.Min(buffer.Length, Piece - filled);
                buffer[..part].CopyTo(piece.AsMemory(filled));
                (filled, buffer) = (filled + part, buffer[part..]);
            }
        }

        /// <summary>Writes the last piece. Without it the file never opens.</summary>
        /// <returns>SHA-256 of the picture, in hex.</returns>
        public async Task<string> CompleteAsync(CancellationToken token)
        {
            await SealAsync(last: true, token);
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Photos are written asynchronously.");

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            aes.Dispose();
            hash.Dispose();
            base.Dispose(disposing);
        }

        private async Task SealAsync(bool last, CancellationToken token)
        {
            if (number == 0)
            {
                await file.WriteAsync(Magic, token);
            }

            var sealedPiece = new byte[filled + Tag];
            aes.Encrypt(Nonce(number++), piece.AsSpan(0, filled), sealedPiece.AsSpan(0, filled), sealedPiece.AsSpan(filled), Bound(photo, last));
            await file.WriteAsync(sealedPiece, token);
            filled = 0;
        }
    }
}
