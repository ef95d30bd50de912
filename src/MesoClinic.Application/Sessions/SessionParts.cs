using MesoClinic.Data;
using MesoClinic.Domain.Photos;
using MesoClinic.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>What belongs to a session's record and is stored beside it.</summary>
/// <param name="Photos">Those with a picture. What was destroyed before the signature is no part of the record; what is removed after it keeps its key, and stays one.</param>
internal sealed record SessionParts(IReadOnlyList<Guid> Assessments, IReadOnlyList<Photo> Photos, IReadOnlyList<SessionParts.UsedOverride> Overrides)
{
    /// <summary>A physician's decision that counted in one of the session's assessments.</summary>
    internal sealed record UsedOverride(Guid AssessmentId, Override Override);

    public static async Task<SessionParts> OfAsync(ClinicDbContext db, Guid sessionId, CancellationToken token) => new(
        await db.Assessments.Where(a => a.SessionId == sessionId).Select(a => a.Id).ToListAsync(token),
        await db.Photos.AsNoTracking().Where(photo => photo.SessionId == sessionId && photo.Key != "").ToListAsync(token),
        await db.OverrideUses.Where(use => db.Assessments.Any(a => a.Id == use.AssessmentId && a.SessionId == sessionId))
            .Join(db.Overrides.AsNoTracking(), use => use.OverrideId, given => given.Id, (use, given) => new UsedOverride(use.AssessmentId, given)).ToListAsync(token));
}
