using FluentValidation;
using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Patients;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Patients;

/// <summary>Who changed which fact of a health profile from what to what, the newest first.</summary>
public static class GetProfileHistory
{
    public const int PageSize = 50;

    [Requires(Permission.OpenCharts)]
    public sealed record Query(Guid PatientId, int Number = 1) : IQuery<Page>;

    public sealed record Page(IReadOnlyList<Row> Rows, int Found);

    /// <param name="At">On the clinic's wall clock.</param>
    /// <param name="Before">In words; null when the fact was added.</param>
    /// <param name="After">Null when it was taken off.</param>
    public sealed record Row(Guid Id, DateTime At, string By, ProfilePart Part, string? Before, string? After);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(query => query.Number).InclusiveBetween(1, 1_000_000).WithMessage("There is no such page.");
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, ClinicTime time) : IRequestHandler<Query, Outcome<Page>>
    {
        public async Task<Outcome<Page>> Handle(Query query, CancellationToken token)
        {
            if (await access.ToChartAsync(query.PatientId, nameof(GetProfileHistory), token) is { } refusal)
            {
                return refusal;
            }

            var changes = db.ProfileChanges.AsNoTracking().Where(change => change.PatientId == query.PatientId);
            var found = await changes.OrderByDescending(change => change.AtUtc).ThenByDescending(change => change.Id).Skip((query.Number - 1) * PageSize).Take(PageSize)
                .Select(change => new { Change = change, By = db.Users.Where(account => account.Id == change.ById).Select(account => account.DisplayName).FirstOrDefault() })
                .ToListAsync(token);
            var rows = new List<Row>(found.Count);
            foreach (var row in found)
            {
                rows.Add(new Row(row.Change.Id, await time.ToWallAsync(row.Change.AtUtc, token), row.By ?? "The portal itself", row.Change.Part, row.Change.Before, row.Change.After));
            }

            return new Page(rows, await changes.CountAsync(token));
        }
    }
}
