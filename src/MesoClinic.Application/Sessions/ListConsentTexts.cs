using MediatR;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>The wordings of the clinic's consents, with all their versions.</summary>
public static class ListConsentTexts
{
    [Requires(Permission.WriteConsentTexts)]
    public sealed record Query : IQuery<Result>;

    /// <param name="MayPublish">A manager, or a physician of the clinic.</param>
    public sealed record Result(IReadOnlyList<Wording> Wordings, int ConsentMonths, Guid ClinicVersion, bool MayPublish);

    /// <param name="Versions">The newest first; the built-in text last.</param>
    public sealed record Wording(ConsentKind Kind, IReadOnlyList<VersionRow> Versions, IReadOnlyList<string> Must, IReadOnlyList<string> May);

    /// <param name="At">On the clinic's wall clock; null for the built-in text.</param>
    public sealed record VersionRow(int Number, string Version, string Text, DateTime? At, string? By);

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, Physicians physicians, ClinicTime time) : IRequestHandler<Query, Outcome<Result>>
    {
        public async Task<Outcome<Result>> Handle(Query query, CancellationToken token)
        {
            var own = await db.ConsentTexts.AsNoTracking().OrderByDescending(text => text.Number)
                .Select(text => new { Text = text, By = db.Staff.Where(s => s.Id == text.PublishedById).Select(s => s.Name).FirstOrDefault() }).ToListAsync(token);
            var zone = await time.ZoneAsync(token);
            var clinic = await db.Clinics.AsNoTracking().SingleAsync(token);
            return new Result(
                [.. Enum.GetValues<ConsentKind>().Select(Of)],
                clinic.ConsentMonths,
                clinic.Version,
                user.IsManager || await physicians.MeAsync(Permission.SignRules, token) is not null);

            Wording Of(ConsentKind kind)
            {
                var (must, may) = ConsentWording.Fields(kind);
                var (version, text) = BuiltInConsentTexts.Of(kind);
                return new Wording(
                    kind,
                    [
                        .. own.Where(row => row.Text.Kind == kind).Select(row => new VersionRow(row.Text.Number, ConsentForms.VersionOf(row.Text), row.Text.Text, TimeZoneInfo.ConvertTimeFromUtc(row.Text.PublishedUtc, zone), row.By)),
                        new VersionRow(0, version, text.ReplaceLineEndings("\n"), null, null),
                    ],
                    must,
                    may);
            }
        }
    }
}
