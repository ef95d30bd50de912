using System.Buffers.Binary;
using System.Globalization;

namespace MesoClinic.Application.Photos;

/// <summary>Reads an upload piece by piece, never as a whole, and stops at the limit.</summary>
internal sealed class ByteReader(Stream source, long most, CancellationToken token)
{
    private readonly byte[] buffer = new byte[64 * 1024];
    private int at;
    private int filled;
    private long total;

    public CancellationToken Token => token;

    /// <summary>What is read and not yet used; empty at the end of the file.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> PeekAsync()
    {
        if (at == filled)
        {
            (at, filled) = (0, await FillAsync());
        }

        return buffer.AsMemory(at, filled - at);
    }

    public void Use(int count) => at += count;

    public async ValueTask<byte> ByteAsync()
    {
        var some = await PeekAsync();
        if (some.IsEmpty)
        {
            throw PhotoRefused.CutOff();
        }

        at++;
        return some.Span[0];
    }

    public async ValueTask<byte[]> BytesAsync(int count)
    {
        var bytes = new byte[count];
        for (var done = 0; done < count;)
        {
            var some = await PeekAsync();
            if (some.IsEmpty)
            {
                throw PhotoRefused.CutOff();
            }

            var part = Math.Min(some.Length, count - done);
            some.Span[..part].CopyTo(bytes.AsSpan(done));
            Use(part);
            done += part;
        }

        return bytes;
    }

    public async ValueTask<int> UInt16Async() => BinaryPrimitives.ReadUInt16BigEndian(await BytesAsync(2));

    private async ValueTask<int> FillAsync()
    {
        int count;
        try
        {
            count = await source.ReadAsync(buffer, token);
        }
        catch (IOException)
        {
            throw new PhotoRefused("The upload broke off. Send the photo again.");
        }

        total += count;
        return total <= most ? count : throw new PhotoRefused(string.Create(CultureInfo.InvariantCulture, $"The file is larger than {most / 1024 / 1024} MB. Take the photo with a lower resolution."));
    }
}
