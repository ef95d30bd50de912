using System.Security.Cryptography;
using MesoClinic.Application.Photos;
using Xunit;

namespace MesoClinic.Application.Tests.Photos;

public sealed class PhotoCipherTests
{
    private const int Piece = 64 * 1024;
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly Guid Photo = new("018f0000-0000-7000-8000-000000000001");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Piece - 1)]
    [InlineData(Piece)]
    [InlineData(Piece + 1)]
    [InlineData((3 * Piece) + 17)]
    public async Task What_goes_in_comes_out(int size)
    {
        var picture = RandomNumberGenerator.GetBytes(size);

        Assert.Equal(picture, await OpenAsync(await SealAsync(picture), Photo));
    }

    [Fact]
    public async Task A_file_that_was_changed_cut_swapped_or_taken_from_another_photo_does_not_open()
    {
        var file = await SealAsync(RandomNumberGenerator.GetBytes((2 * Piece) + 100));
        var flipped = (byte[])file.Clone();
        flipped[100] ^= 1;
        byte[] cut = [.. file[..(4 + Piece + 16)]];
        byte[] swapped = [.. file[..4], .. file[(4 + Piece + 16)..(4 + (2 * (Piece + 16)))], .. file[4..(4 + Piece + 16)], .. file[(4 + (2 * (Piece + 16)))..]];

        foreach (var bad in new[] { flipped, cut, swapped, file[..^1], file[..4], [], [.. "JPEG"u8] })
        {
            await Assert.ThrowsAnyAsync<CryptographicException>(() => OpenAsync(bad, Photo));
        }

        await Assert.ThrowsAnyAsync<CryptographicException>(() => OpenAsync(file, Guid.NewGuid()));
    }

    private static async Task<byte[]> SealAsync(byte[] picture)
    {
        using var file = new MemoryStream();
        await using (var writer = new PhotoCipher.Writer(file, Key, Photo))
        {
            foreach (var part in picture.Chunk(10_000))
            {
                await writer.WriteAsync(part);
            }

            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(picture)), await writer.CompleteAsync(CancellationToken.None));
        }

        return file.ToArray();
    }

    private static async Task<byte[]> OpenAsync(byte[] file, Guid photo)
    {
        using var picture = new MemoryStream();
        await PhotoCipher.OpenAsync(new MemoryStream(file), Key, photo, picture, CancellationToken.None);
        return picture.ToArray();
    }
}
