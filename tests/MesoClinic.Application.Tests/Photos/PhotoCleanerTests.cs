using System.Text;
using MesoClinic.Application.Photos;
using MesoClinic.Domain.Photos;
using MesoClinic.Testing;
using Xunit;

namespace MesoClinic.Application.Tests.Photos;

public sealed class PhotoCleanerTests
{
    private static readonly PhotoLimits Limits = new() { Folder = "unused" };

    [Fact]
    public async Task A_jpeg_keeps_its_picture_and_loses_what_the_camera_hid_in_it()
    {
        var (head, clean) = await CleanAsync(Pictures.Jpeg());

        Assert.Equal(new PictureHead(PhotoFormat.Jpeg, 400, 300, 1), head);
        Assert.DoesNotContain("secret", Encoding.Latin1.GetString(clean), StringComparison.Ordinal);
        Assert.Equal([0xDB, 0xC0, 0xC4, 0xDA], Markers(clean));
        Assert.Contains(Encoding.Latin1.GetString(Pictures.Scan()), Encoding.Latin1.GetString(clean), StringComparison.Ordinal);
        Assert.Equal(Pictures.End, clean[^2..]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(6, 6)]
    [InlineData(8, 8)]
    [InlineData(0, 1)]
    [InlineData(9, 1)]
    public async Task Of_the_hidden_data_only_a_sensible_orientation_is_kept(int written, int read)
    {
        var (head, clean) = await CleanAsync(Pictures.Jpeg(orientation: written));

        Assert.Equal(read, head.Orientation);
        Assert.Equal(read == 1 ? [] : new byte[] { 0xE1 }, Markers(clean).Where(marker => marker is >= 0xE0 and <= 0xEF));
        Assert.Equal(head, (await CleanAsync(clean)).Head);
    }

    [Fact]
    public async Task A_png_keeps_its_picture_and_loses_its_texts()
    {
        var exif = Pictures.Exif(6)[10..];
        var (head, clean) = await CleanAsync([.. Pictures.Png(40, 30, ("tEXt", "secret"u8.ToArray()), ("iTXt", "secret"u8.ToArray()), ("iCCP", "secret"u8.ToArray()), ("eXIf", exif), ("tIME", new byte[7])), .. "secret tail"u8]);

        Assert.Equal(new PictureHead(PhotoFormat.Png, 40, 30, 6), head);
        Assert.DoesNotContain("secret", Encoding.Latin1.GetString(clean), StringComparison.Ordinal);
        Assert.Equal(Pictures.Png(40, 30, ("eXIf", ExifOrientation.Tiff(6))), clean);
    }

    /// <summary>What says how the colours are meant is as short as that, said once and before the picture; anything else could be a letter.</summary>
    [Fact]
    public async Task A_png_keeps_what_its_colours_mean_and_nothing_that_hides_under_their_names()
    {
        (string, byte[])[] colours = [("gAMA", [0, 0, 0xB1, 0x8F]), ("sRGB", [0]), ("PLTE", [1, 2, 3]), ("tRNS", [0, 1, 0, 2, 0, 3])];
        var hidden = Enumerable.Repeat((byte)'s', 300).ToArray();
        (string, byte[])[] hiding = [("gAMA", "secret"u8.ToArray()), ("sRGB", "secret"u8.ToArray()), ("tRNS", hidden)];

        var (_, clean) = await CleanAsync(Pictures.Png(40, 30, [.. hiding, .. colours, .. colours[..2], colours[3]]));

        Assert.Equal(Pictures.Png(40, 30, colours), clean);
        Assert.Equal(Pictures.Png(), (await CleanAsync([.. Pictures.Png()[..^12], .. Pictures.Chunk("gAMA", [0, 0, 0xB1, 0x8F]), .. Pictures.Chunk("IEND", [])])).Clean);
        await RefusedAsync(Pictures.Png(40, 30, ("PLTE", new byte[771])));
        await RefusedAsync(Pictures.Png(40, 30, ("PLTE", new byte[4])));
        await RefusedAsync(Pictures.Png(40, 30, ("PLTE", new byte[3]), ("PLTE", new byte[3])));
        await RefusedAsync([.. Pictures.Png()[..^12], .. Pictures.Chunk("PLTE", new byte[3]), .. Pictures.Chunk("IEND", [])]);
    }

    /// <summary>Whoever takes a large photo has it in one piece; what says that it hides much is passed over without a buffer for it.</summary>
    [Fact]
    public async Task Of_a_large_png_only_the_hidden_part_is_left_out()
    {
        var picture = new byte[17 * 1024 * 1024];
        var (head, clean) = await CleanAsync([.. Pictures.Head(40, 30), .. Pictures.Chunk("teXt", new byte[100_000]), .. Pictures.Chunk("eXIf", new byte[70_000]), .. Pictures.Chunk("IDAT", picture), .. Pictures.Chunk("IEND", [])]);

        Assert.Equal(new PictureHead(PhotoFormat.Png, 40, 30, 1), head);
        Assert.Equal([.. Pictures.Head(40, 30), .. Pictures.Chunk("IDAT", picture), .. Pictures.Chunk("IEND", [])], clean);
    }

    [Fact]
    public async Task A_small_file_that_says_it_hides_sixteen_megabytes_takes_none()
    {
        byte[] cut = [.. Pictures.Head(10, 10), 1, 0, 0, 0, .. "teXt"u8];
        await RefusedAsync(cut);
        var before = GC.GetAllocatedBytesForCurrentThread();

        await RefusedAsync(cut);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * 1024);
    }

    [Fact]
    public async Task What_hides_behind_the_end_is_left_behind()
    {
        var (_, clean) = await CleanAsync([.. Pictures.Jpeg(), .. "PK secret archive"u8]);

        Assert.Equal((await CleanAsync(Pictures.Jpeg())).Clean, clean);
    }

    [Fact]
    public async Task A_program_with_the_name_of_a_photo_is_refused() =>
        Assert.All(new byte[][] { [.. "MZ"u8, .. new byte[200]], [0x7F, .. "ELF"u8, .. new byte[200]], [.. "<svg onload=alert(1)>"u8], [.. "GIF89a"u8, .. new byte[50]], [.. "RIFF1234WEBP"u8], [0xFF], [0x89, .. "PNX"u8] },
            bytes => Assert.Contains("no JPEG or PNG photo", RefusedAsync(bytes).GetAwaiter().GetResult(), StringComparison.Ordinal));

    [Fact]
    public async Task An_empty_file_says_so() => Assert.Contains("empty", await RefusedAsync([]), StringComparison.Ordinal);

    [Fact]
    public async Task A_file_that_is_cut_anywhere_is_refused()
    {
        foreach (var whole in new[] { Pictures.Jpeg(orientation: 6), Pictures.Png(12, 9, ("tEXt", "hello"u8.ToArray())) })
        {
            for (var length = 8; length < whole.Length; length++)
            {
                Assert.NotEqual("", await RefusedAsync(whole[..length]));
            }
        }
    }

    [Theory]
    [InlineData(20_000, 300)]
    [InlineData(300, 12_001)]
    [InlineData(9_000, 9_000)]
    public async Task Too_many_pixels_are_refused_before_the_picture_is_read(int width, int height)
    {
        Assert.Contains("pixels", await RefusedAsync([0xFF, 0xD8, .. Pictures.Frame(0xC2, width, height)]), StringComparison.Ordinal);
        Assert.Contains("pixels", await RefusedAsync(Pictures.Head(width, height)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_beyond_the_limit_is_refused_however_long_it_goes_on()
    {
        var limits = Limits with { Bytes = 1024 * 1024 };
        using var endless = new Endless(Pictures.Jpeg()[..^2]);

        var refused = await Assert.ThrowsAsync<PhotoRefused>(() => PhotoCleaner.CopyAsync(endless, Stream.Null, limits, CancellationToken.None));

        Assert.Contains("larger than 1 MB", refused.Message, StringComparison.Ordinal);
        Assert.InRange(endless.Given, limits.Bytes, limits.Bytes + (128 * 1024));
    }

    public static TheoryData<string, byte[]> Hostile => new()
    {
        { "a frame of no height", [0xFF, 0xD8, .. Pictures.Frame(0xC0, 100, 0), .. Pictures.Scan(), .. Pictures.End] },
        { "two frames", [0xFF, 0xD8, .. Pictures.Frame(0xC0, 10, 10), .. Pictures.Frame(0xC0, 10, 10), .. Pictures.Scan(), .. Pictures.End] },
        { "a scan without a frame", [0xFF, 0xD8, .. Pictures.Scan(), .. Pictures.End] },
        { "no scan", [0xFF, 0xD8, .. Pictures.Frame(0xC0, 10, 10), .. Pictures.End] },
        { "four inks", [0xFF, 0xD8, .. Pictures.Frame(0xC0, 10, 10, components: 4), .. Pictures.Scan(), .. Pictures.End] },
        { "a lossless frame", [0xFF, 0xD8, .. Pictures.Frame(0xC3, 10, 10), .. Pictures.Scan(), .. Pictures.End] },
        { "a segment shorter than itself", [0xFF, 0xD8, 0xFF, 0xDB, 0, 1] },
        { "bytes where a marker must be", [0xFF, 0xD8, 1, 2, 3] },
        { "ten thousand scans", [0xFF, 0xD8, .. Pictures.Frame(0xC2, 10, 10), .. Enumerable.Range(0, 10_000).SelectMany(_ => Pictures.Scan()), .. Pictures.End] },
        { "a chunk before the first", [.. Pictures.Head(1, 1)[..8], .. Pictures.Chunk("tEXt", []), .. Pictures.Chunk("IEND", [])] },
        { "two heads", [.. Pictures.Head(10, 10), .. Pictures.Head(10, 10)[8..], .. Pictures.Chunk("IEND", [])] },
        { "an end before the picture", [.. Pictures.Head(10, 10), .. Pictures.Chunk("IEND", [])] },
        { "a chunk that is needed and unknown", [.. Pictures.Head(10, 10), .. Pictures.Chunk("EVIL", []), .. Pictures.Chunk("IDAT", [1]), .. Pictures.Chunk("IEND", [])] },
        { "a chunk of two gigabytes", [.. Pictures.Head(10, 10), 0x7F, 0xFF, 0xFF, 0xFF, .. "IDAT"u8] },
        { "a wrong checksum", [.. Pictures.Png()[..^5], 0, .. Pictures.Png()[^4..]] },
        { "no width", [.. Pictures.Head(0, 10), .. Pictures.Chunk("IDAT", [1]), .. Pictures.Chunk("IEND", [])] },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_picture_that_is_none_is_refused(string what, byte[] bytes) => Assert.True((await RefusedAsync(bytes)).Length > 0, what);

    [Fact]
    public async Task Bytes_thrown_about_at_random_never_break_the_parser()
    {
        var random = new Random(20260616);
        foreach (var whole in new[] { Pictures.Jpeg(orientation: 6), Pictures.Png(12, 9, ("tEXt", "hello"u8.ToArray())) })
        {
            for (var round = 0; round < 3_000; round++)
            {
                byte[] bytes = [.. whole];
                for (var hit = 0; hit < 4; hit++)
                {
                    bytes[random.Next(2, bytes.Length)] = (byte)random.Next(256);
                }

                try
                {
                    await CleanAsync(bytes);
                }
                catch (PhotoRefused)
                {
                    // Refused in words; anything else fails the test.
                }
            }
        }
    }

    private static async Task<(PictureHead Head, byte[] Clean)> CleanAsync(byte[] bytes)
    {
        using var clean = new MemoryStream();
        return (await PhotoCleaner.CopyAsync(new MemoryStream(bytes), clean, Limits, CancellationToken.None), clean.ToArray());
    }

    private static async Task<string> RefusedAsync(byte[] bytes) => (await Assert.ThrowsAsync<PhotoRefused>(() => CleanAsync(bytes))).Message;

    /// <summary>The markers up to the scan.</summary>
    private static List<byte> Markers(byte[] jpeg)
    {
        var found = new List<byte>();
        for (var at = 2; found.Count == 0 || found[^1] != 0xDA; at += 2 + ((jpeg[at + 2] << 8) | jpeg[at + 3]))
        {
            found.Add(jpeg[at + 1]);
        }

        return found;
    }

    /// <summary>A start, then picture without end.</summary>
    private sealed class Endless(byte[] start) : Stream
    {
        public long Given { get; private set; }
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var part = Given == 0 ? start : new byte[count];
            part.AsSpan(0, Math.Min(part.Length, count)).CopyTo(buffer.AsSpan(offset));
            Given += Math.Min(part.Length, count);
            return Math.Min(part.Length, count);
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
