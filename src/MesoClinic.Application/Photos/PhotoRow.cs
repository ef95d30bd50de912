using MesoClinic.Data;
using MesoClinic.Domain.Photos;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Photos;

/// <summary>A photo as a page lists it; the picture itself comes from its own address.</summary>
/// <param name="TakenAt">On the clinic's wall clock.</param>
/// <param name="Session">Number of the session; null = outside of one.</param>
public sealed record PhotoRow(Guid Id, PhotoMoment Moment, string View, DateTime TakenAt, Guid? SessionId, int? Session, bool IsSigned, int Width, int Height)
{
    internal static async Task<List<PhotoRow>> OfAsync(ClinicDbContext db, ClinicTime time, Guid patientId, CancellationToken token)
    {
        var zone = await time.ZoneAsync(token);
        var found = await db.Photos.AsNoTracking().Where(p => p.PatientId == patientId && p.RemovedUtc == null).OrderBy(p => p.TakenUtc).ThenBy(p => p.Id)
            .Select(p => new
            {
                Photo = p,
                Session = db.Sessions.Where(s => s.Id == p.SessionId).Select(s => new { s.Number, s.SignedUtc }).FirstOrDefault(),
            }).ToListAsync(token);
        return found.ConvertAll(row =>
        {
            var lies = row.Photo.Orientation >= 5;
            return new PhotoRow(
                row.Photo.Id, row.Photo.Moment, row.Photo.View, TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(row.Photo.TakenUtc, DateTimeKind.Utc), zone), row.Photo.SessionId, row.Session?.Number,
                row.Session?.SignedUtc is not null, lies ? row.Photo.Height : row.Photo.Width, lies ? row.Photo.Width : row.Photo.Height);
        });
    }
}
