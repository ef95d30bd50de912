using MediatR;

namespace MesoClinic.Application;

/// <summary>What day it is at the clinic, for forms that begin with today.</summary>
public static class GetClinicDay
{
    [Requires(Permission.OwnAccount)]
    public sealed record Query : IQuery<DateOnly>;

    internal sealed class Handler(ClinicTime time) : IRequestHandler<Query, Outcome<DateOnly>>
    {
        public async Task<Outcome<DateOnly>> Handle(Query query, CancellationToken token) => await time.TodayAsync(token);
    }
}
