using MediatR;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>How many lots on the shelf expire soon, and how many have expired and are still there.</summary>
public static class GetShelfWarnings
{
    [Requires(Permission.ManageLots)]
    public sealed class Query : IQuery<Warnings>;

    /// <param name="ExpiringSoon">Within <see cref="ListLots.SoonDays"/> days.</param>
    public sealed record Warnings(int ExpiringSoon, int Expired);

    internal sealed class Handler(ClinicDbContext db, ClinicTime time) : IRequestHandler<Query, Outcome<Warnings>>
    {
        public async Task<Outcome<Warnings>> Handle(Query query, CancellationToken token)
        {
            var today = await time.TodayAsync(token);
            var soon = today.AddDays(ListLots.SoonDays);
            var there = db.Lots.Where(l => l.AmpoulesLeft > l.AmpoulesOpen);
            return new Warnings(
                await there.CountAsync(l => l.RecalledUtc == null && l.ExpiresOn >= today && l.ExpiresOn <= soon, token),
                await there.CountAsync(l => l.ExpiresOn < today, token));
        }
    }
}
