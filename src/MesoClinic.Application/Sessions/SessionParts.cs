using MesoClinic.Data;
using MesoClinic.Domain.Photos;
using MesoClinic.Domain.Rules;
using MesoClinic.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>What belongs to a session's record and is stored beside it.</summary>
/// <param name="Photos">Those with a picture. What was destroyed before the signature is no part of the record; what is removed after it keeps its key, and stays one.</param>
/// <param name="LaterConsents">Those that the record names besides the first of each kind.</param>
internal sealed record SessionParts(IReadOnlyList<SessionParts.Judged> Assessments, IReadOnlyList<Photo> Photos, IReadOnlyList<SessionParts.UsedOverride> Overrides, IReadOnlyList<Consent> LaterConsents)
{
    /// <summary>Tubes of cream that may have been on the skin before the one that the record names.</summary>
    public IReadOnlyList<ReplacedTube> ReplacedTubes { get; init; } = [];

    /// <summary>An assessment with its facts and its findings, letter by letter as they are stored: what a later edition of the portal would write for the same is no concern of the record's.</summary>
    internal sealed record Judged(Guid Id, Guid ById, DateTime AtUtc, string RuleBook, string Decision, string Facts, string Result)
    {
        /// <summary>As the assessment will be stored.</summary>
        public static Judged Of(StoredAssessment made) => new(made.Id, made.ById, made.AtUtc, made.RuleBook, made.Decision.ToString(), JsonColumn.Write(made.Facts), JsonColumn.Write(made.Result));
    }

    /// <summary>A physician's decision that counted in one of the session's assessments.</summary>
    internal sealed record UsedOverride(Guid AssessmentId, Override Override);

    public static async Task<SessionParts> OfAsync(ClinicDbContext db, Session session, CancellationToken token) => new(
        await db.Database.SqlQuery<Judged>($"SELECT Id, ById, AtUtc, RuleBook, Decision, Facts, Result FROM Assessments WHERE SessionId = {session.Id}").ToListAsync(token),
        await db.Photos.AsNoTracking().Where(photo => photo.SessionId == session.Id && photo.Key != "").ToListAsync(token),
        await db.OverrideUses.Where(use => db.Assessments.Any(a => a.Id == use.AssessmentId && a.SessionId == session.Id))
            .Join(db.Overrides.AsNoTracking(), use => use.OverrideId, given => given.Id, (use, given) => new UsedOverride(use.AssessmentId, given)).ToListAsync(token),
        await LaterConsentsAsync(db, session, token))
    {
        ReplacedTubes = await db.ReplacedTubes.AsNoTracking().Where(tube => tube.SessionId == session.Id).ToListAsync(token),
    };

    /// <summary>In the order in which the record came to rest on them.</summary>
    public static async Task<List<Consent>> LaterConsentsAsync(ClinicDbContext db, Session session, CancellationToken token)
    {
        List<Guid> ids = [.. session.LaterConsents.Select(later => later.ConsentId)];
        var found = ids.Count == 0 ? [] : await db.Consents.AsNoTracking().Where(c => ids.Contains(c.Id)).ToListAsync(token);
        return [.. found.OrderBy(c => ids.IndexOf(c.Id))];
    }
}
